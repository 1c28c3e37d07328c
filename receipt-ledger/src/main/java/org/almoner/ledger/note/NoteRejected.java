package org.almoner.ledger.note;

/**
 * A well-formed note that no trusted key signed, or that a trusted key's signature does not fit.
 */
public final class NoteRejected extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public NoteRejected(String message) {
    super(message);
  }
}
