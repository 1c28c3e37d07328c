package org.almoner.ledger.append;

/** A log that must not be opened for writing; the message says what disagrees with what. */
public final class LogRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what disagrees and what to do. */
  public LogRefused(String message) {
    super(message);
  }

  LogRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
