package org.almoner.ledger.checkpoint;

/** A checkpoint or a proof file breaks its format; the message names the line. */
public final class MalformedCheckpoint extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public MalformedCheckpoint(String message) {
    super(message);
  }
}
