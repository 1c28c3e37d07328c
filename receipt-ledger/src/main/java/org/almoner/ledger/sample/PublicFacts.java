package org.almoner.ledger.sample;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.ledger.check.EntryWatcher;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/**
 * What a log says in clear that its lines are held against: its days and its releases. Found while
 * the log is checked. For one thread.
 */
public final class PublicFacts implements EntryWatcher {
  private final Map<Hash, Published> releases = new HashMap<>();
  private final TreeMap<Long, LocalDate> days = new TreeMap<>();

  /**
   * A release in the log.
   *
   * @param index where it stands first
   * @param owner whose signature it carries
   */
  public record Published(long index, PublicKey owner) {}

  @Override
  public void entry(long index, Bytes octets) {
    try {
      Entry entry = Entry.parse(octets);
      if (entry.kind() == Kind.DAY) {
        days.put(index, Day.parse(entry).date());
      } else if (entry.kind() == Kind.RELEASE) {
        ReleaseEntry release = ReleaseEntry.parse(entry);
        releases.putIfAbsent(
            release.signed().digest(), new Published(index, release.signed().signer()));
      }
    } catch (MalformedEntry e) {
      // The check of the log names it.
    }
  }

  /** The release of that digest, if the log has it. */
  public Optional<Published> release(Hash digest) {
    return Optional.ofNullable(releases.get(digest));
  }

  /** The day on which the entry was logged, if any day was before it. */
  public Optional<LocalDate> dayOf(long index) {
    return Optional.ofNullable(days.floorEntry(index)).map(Map.Entry::getValue);
  }
}
