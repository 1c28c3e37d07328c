package org.almoner.ledger.sample;

/** A text that is no row of rolled dice; the message is one sentence. */
public final class MalformedDice extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedDice(String sentence) {
    super(sentence);
  }
}
