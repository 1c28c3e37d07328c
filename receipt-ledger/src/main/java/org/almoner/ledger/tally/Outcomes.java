package org.almoner.ledger.tally;

/** What the log says about usage lines, by their index. */
public interface Outcomes {
  /** Whether the line was settled as accepted and not voided since. */
  boolean counts(long leaf);

  /** Whether the line was settled as the right answer of a starter unit, which is no result. */
  default boolean starter(long leaf) {
    return false;
  }

  /**
   * Whether the line's answer was the one agreed for its unit, whatever became of the line since.
   */
  default boolean agreed(long leaf) {
    return counts(leaf);
  }
}
