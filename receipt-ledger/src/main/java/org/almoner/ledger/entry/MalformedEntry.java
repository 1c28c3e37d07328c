package org.almoner.ledger.entry;

/** Octets of a leaf that are not an entry of this version; the message is one sentence. */
public final class MalformedEntry extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in {@code sentence} what came and what was expected. */
  public MalformedEntry(String sentence) {
    super(sentence);
  }
}
