package org.almoner.ledger.note;

/** A signed note or a verifier key breaks its format; the message says where. */
public final class MalformedNote extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public MalformedNote(String message) {
    super(message);
  }
}
