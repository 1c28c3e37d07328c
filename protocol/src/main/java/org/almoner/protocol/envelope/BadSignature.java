package org.almoner.protocol.envelope;

/** A signature that does not verify; the message is one sentence. */
public final class BadSignature extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in {@code sentence} whose signature over what was expected. */
  public BadSignature(String sentence) {
    super(sentence);
  }
}
