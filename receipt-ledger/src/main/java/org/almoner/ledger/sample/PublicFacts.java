package org.almoner.ledger.sample;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.ledger.check.EntryWatcher;
import org.almoner.ledger.check.LeafSet;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.ledger.entry.Settlement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/**
 * What a log says in clear that its lines are held against: its days, its releases, and which lines
 * were ruled upon. Found while the log is checked. For one thread.
 */
public final class PublicFacts implements EntryWatcher {
  private final Map<Hash, Map<PublicKey, Long>> releases = new HashMap<>();
  private final TreeMap<Long, LocalDate> days = new TreeMap<>();
  private final LeafSet ruled = new LeafSet();

  @Override
  public void entry(long index, Bytes octets) {
    try {
      Entry entry = Entry.parse(octets);
      if (entry.kind() == Kind.DAY) {
        days.put(index, Day.parse(entry).date());
      } else if (entry.kind() == Kind.RELEASE) {
        ReleaseEntry release = ReleaseEntry.parse(entry);
        releases
            .computeIfAbsent(release.signed().digest(), digest -> new HashMap<>())
            .putIfAbsent(release.signed().signer(), index);
      } else if (entry.kind() == Kind.SETTLEMENT) {
        settle(Settlement.parse(entry));
      }
    } catch (MalformedEntry e) {
      // The check of the log names it.
    }
  }

  private void settle(Settlement settlement) {
    for (int i = 0; i < settlement.outcomes().size(); i++) {
      if (settlement.outcomes().get(i) == Outcome.ACCEPTED_RULED) {
        ruled.add(settlement.from() + i);
      }
    }
  }

  /**
   * Whether the line counts because its donor objected and the operator agreed: others may have
   * agreed on another result than it brought, or on none.
   */
  public boolean isRuled(long leaf) {
    return ruled.contains(leaf);
  }

  /** Where the release of that digest stands first with that owner's signature, if it does. */
  public Optional<Long> release(Hash digest, PublicKey owner) {
    return Optional.ofNullable(releases.getOrDefault(digest, Map.of()).get(owner));
  }

  /** The day on which the entry was logged, if any day was before it. */
  public Optional<LocalDate> dayOf(long index) {
    return Optional.ofNullable(days.floorEntry(index)).map(Map.Entry::getValue);
  }
}
