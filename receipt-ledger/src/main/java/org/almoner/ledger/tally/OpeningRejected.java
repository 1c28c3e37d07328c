package org.almoner.ledger.tally;

/** An opening that does not open what it claims to; the message is one sentence. */
public final class OpeningRejected extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in {@code sentence} which entry and what does not hold. */
  public OpeningRejected(String sentence) {
    super(sentence);
  }
}
