package org.almoner.ledger.tally;

/** What the log says about usage lines, by their index. */
public interface Outcomes {
  /** Whether the line was settled as accepted and not voided since. */
  boolean counts(long leaf);
}
