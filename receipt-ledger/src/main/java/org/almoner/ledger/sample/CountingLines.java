package org.almoner.ledger.sample;

import org.almoner.ledger.check.EntryWatcher;
import org.almoner.ledger.check.LeafSet;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Bytes;

/**
 * The usage lines that count by the log's own entries, found while the log is checked: settled as
 * accepted, and not void.
 *
 * <p>Right only for a log without findings: an entry that breaks a rule is the check's to name. For
 * one thread.
 */
public final class CountingLines implements EntryWatcher {
  private final LeafSet counting = new LeafSet();

  @Override
  public void entry(long index, Bytes octets) {
    try {
      Entry entry = Entry.parse(octets);
      if (entry.kind() == Kind.SETTLEMENT) {
        settle(Settlement.parse(entry));
      } else if (entry.kind() == Kind.VOID || entry.kind() == Kind.REINSTATE) {
        Voiding voiding = Voiding.parse(entry);
        voiding.leaves().forEach(voiding.reinstates() ? counting::add : counting::remove);
      }
    } catch (MalformedEntry e) {
      // The check of the log names it; it settles nothing.
    }
  }

  private void settle(Settlement settlement) {
    for (int i = 0; i < settlement.outcomes().size(); i++) {
      if (settlement.outcomes().get(i).counts()) {
        counting.add(settlement.from() + i);
      }
    }
  }

  /** How many there are. */
  public long count() {
    return counting.size();
  }

  /**
   * The line of that rank, in ascending order of their leaves.
   *
   * @param rank from 0, below {@link #count}
   */
  public long leaf(long rank) {
    return counting.nth(rank);
  }
}
