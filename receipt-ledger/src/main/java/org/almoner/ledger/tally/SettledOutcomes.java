package org.almoner.ledger.tally;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Hash;

/**
 * Outcomes as the log's own entries state them: settlements, voids, reinstatements and rates, taken
 * in the order of the log.
 *
 * <p>For one thread.
 */
public final class SettledOutcomes implements Outcomes {
  private static final Settled PENDING = new Settled(Outcome.NONE, 0);

  private final Map<Long, Settled> outcomes = new HashMap<>();
  private final Set<Long> voided = new HashSet<>();
  private final PaceBook paces = new PaceBook();

  /** How many entries were taken: only their order matters. */
  private long taken;

  private record Settled(Outcome outcome, long place) {}

  /** Whether entries of this kind decide what counts, and so are to be taken. */
  public static boolean concerns(Kind kind) {
    return kind == Kind.SETTLEMENT
        || kind == Kind.VOID
        || kind == Kind.REINSTATE
        || kind == Kind.RATES;
  }

  /** Takes the next entry; one of another kind is passed over. */
  public void take(Entry entry) throws MalformedEntry, OpeningRejected {
    if (!concerns(entry.kind())) {
      return;
    }
    taken++;
    if (entry.kind() == Kind.SETTLEMENT) {
      settle(Settlement.parse(entry));
    } else if (entry.kind() == Kind.RATES) {
      paces.take(taken, Rates.parse(entry));
    } else {
      Voiding voiding = Voiding.parse(entry);
      if (voiding.reinstates()) {
        voiding.leaves().forEach(voided::remove);
      } else {
        voided.addAll(voiding.leaves());
      }
    }
  }

  @Override
  public Outcome outcome(long leaf) {
    return outcomes.getOrDefault(leaf, PENDING).outcome();
  }

  @Override
  public boolean isVoid(long leaf) {
    return voided.contains(leaf);
  }

  @Override
  public Optional<Pace> pace(long leaf, Hash release) {
    return paces.before(outcomes.getOrDefault(leaf, PENDING).place(), release);
  }

  private void settle(Settlement settlement) throws OpeningRejected {
    EnumMap<Outcome, Settled> each = new EnumMap<>(Outcome.class); // one object for many lines
    for (int i = 0; i < settlement.outcomes().size(); i++) {
      Outcome outcome = settlement.outcomes().get(i);
      long leaf = settlement.from() + i;
      if (outcome != Outcome.NONE
          && outcomes.put(leaf, each.computeIfAbsent(outcome, o -> new Settled(o, taken)))
              != null) {
        throw new OpeningRejected("entry " + leaf + " was settled twice");
      }
    }
  }
}
