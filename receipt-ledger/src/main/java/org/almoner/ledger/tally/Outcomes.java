package org.almoner.ledger.tally;

import java.util.Optional;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;

/** What the log says about usage lines, by their index. */
public interface Outcomes {
  /** As what the line was settled; {@link Outcome#NONE} while it is not. */
  Outcome outcome(long leaf);

  /** Whether the line was made void, and not reinstated since. */
  boolean isVoid(long leaf);

  /**
   * The pace that was believed of a release when the line was settled: that of the last rates entry
   * before its settlement that names the release; empty when none does.
   */
  Optional<Pace> pace(long leaf, Hash release);

  /** Whether the line was settled as accepted and not voided since. */
  default boolean counts(long leaf) {
    return outcome(leaf).counts() && !isVoid(leaf);
  }

  /** Whether the line was settled as the right answer of a starter unit, which is no result. */
  default boolean starter(long leaf) {
    return outcome(leaf) == Outcome.STARTER;
  }

  /**
   * Whether the line's answer was the one agreed for its unit, whatever became of the line since.
   */
  default boolean agreed(long leaf) {
    return outcome(leaf).agreed();
  }
}
