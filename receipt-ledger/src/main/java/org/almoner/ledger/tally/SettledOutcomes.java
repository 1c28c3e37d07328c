package org.almoner.ledger.tally;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;

/**
 * Outcomes as the log's own entries state them: settlements, voids and reinstatements, taken in the
 * order of the log.
 *
 * <p>For one thread.
 */
public final class SettledOutcomes implements Outcomes {
  private final Map<Long, Outcome> outcomes = new HashMap<>();
  private final Set<Long> voided = new HashSet<>();

  /** Takes the next entry; one that settles nothing is passed over. */
  public void take(Entry entry) throws MalformedEntry, OpeningRejected {
    if (entry.kind() == Kind.SETTLEMENT) {
      settle(Settlement.parse(entry));
    } else if (entry.kind() == Kind.VOID || entry.kind() == Kind.REINSTATE) {
      Voiding voiding = Voiding.parse(entry);
      if (voiding.reinstates()) {
        voiding.leaves().forEach(voided::remove);
      } else {
        voided.addAll(voiding.leaves());
      }
    }
  }

  /** What the settlements say of a leaf; nothing yet is {@link Outcome#NONE}. */
  public Outcome outcome(long leaf) {
    return outcomes.getOrDefault(leaf, Outcome.NONE);
  }

  @Override
  public boolean counts(long leaf) {
    return outcome(leaf).counts() && !voided.contains(leaf);
  }

  @Override
  public boolean starter(long leaf) {
    return outcome(leaf) == Outcome.STARTER;
  }

  @Override
  public boolean agreed(long leaf) {
    return outcome(leaf).agreed();
  }

  private void settle(Settlement settlement) throws OpeningRejected {
    for (int i = 0; i < settlement.outcomes().size(); i++) {
      Outcome outcome = settlement.outcomes().get(i);
      long leaf = settlement.from() + i;
      if (outcome != Outcome.NONE && outcomes.put(leaf, outcome) != null) {
        throw new OpeningRejected("entry " + leaf + " was settled twice");
      }
    }
  }
}
