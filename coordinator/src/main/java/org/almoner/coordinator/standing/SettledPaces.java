package org.almoner.coordinator.standing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.Pace;
import org.almoner.ledger.tally.PaceBook;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The pace that was believed of a release when a line was settled, read from the log as it grows.
 *
 * <p>Keeps the rates, and of each settlement only where it stands and which leaves it covers; the
 * first reading passes over the whole log. For one thread.
 */
final class SettledPaces {
  /** How entries of these kinds begin: most entries are others, and are passed over unread. */
  private static final Bytes RATES = beginning(Kind.RATES);

  private static final Bytes SETTLEMENT = beginning(Kind.SETTLEMENT);

  private final PaceBook paces = new PaceBook();

  /** Settlements by the first leaf that they cover. */
  private final NavigableMap<Long, List<Covered>> settlements = new TreeMap<>();

  private long read;

  private record Covered(long index, long to) {}

  private static Bytes beginning(Kind kind) {
    return Bytes.of(new byte[] {1, (byte) kind.octet()});
  }

  /** Reads what was added to the log. */
  void readOn(LogReader log, long size) throws IOException {
    while (read < size) {
      for (Bytes octets : log.entriesFrom(read, size)) {
        if (octets.startsWith(RATES) || octets.startsWith(SETTLEMENT)) {
          take(read, octets);
        }
        read++;
      }
    }
  }

  private void take(long index, Bytes octets) throws IOException {
    try {
      Entry entry = Entry.parse(octets);
      if (entry.kind() == Kind.RATES) {
        paces.take(index, Rates.parse(entry));
      } else {
        Settlement settlement = Settlement.parse(entry);
        settlements
            .computeIfAbsent(settlement.from(), from -> new ArrayList<>(1))
            .add(new Covered(index, settlement.to()));
      }
    } catch (MalformedEntry e) {
      throw new IOException("log entry " + index + ": " + e.getMessage(), e);
    }
  }

  /** The pace of the release when the line at {@code leaf} was settled. */
  Optional<Pace> pace(LogReader log, long leaf, Hash release) throws IOException {
    List<Long> covering =
        settlements.subMap(leaf - Settlement.LEAVES_MAX, false, leaf, true).values().stream()
            .flatMap(List::stream)
            .filter(covered -> leaf < covered.to())
            .map(Covered::index)
            .sorted(Comparator.naturalOrder())
            .toList();
    if (covering.isEmpty()) {
      return Optional.empty();
    }
    long first = covering.get(0);
    long last = covering.get(covering.size() - 1);
    if (paces.placeBefore(first, release).equals(paces.placeBefore(last, release))) {
      return paces.before(last, release); // whichever of them settled it
    }
    for (long index : covering) {
      if (settles(log.entry(index, read), leaf)) {
        return paces.before(index, release);
      }
    }
    return Optional.empty();
  }

  private static boolean settles(Bytes octets, long leaf) throws IOException {
    try {
      return Settlement.parse(Entry.parse(octets)).outcome(leaf) != Outcome.NONE;
    } catch (MalformedEntry e) {
      throw new IOException("a settlement in the log cannot be read: " + e.getMessage(), e);
    }
  }
}
