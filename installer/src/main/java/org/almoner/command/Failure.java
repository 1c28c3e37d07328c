package org.almoner.command;

/**
 * A command that cannot go on: one sentence for the terminal and the exit code that goes with it.
 */
final class Failure extends RuntimeException {
  /** The work was tried and failed. */
  static final int FAILED = 1;

  /** The command was used wrongly; nothing was tried. */
  static final int WRONG_USE = 2;

  /** What was asked for had been cancelled. */
  static final int CANCELLED = 3;

  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final boolean unreachable;

  private Failure(int exitCode, String sentence, boolean unreachable) {
    super(sentence);
    this.exitCode = exitCode;
    this.unreachable = unreachable;
  }

  static Failure failed(String sentence) {
    return new Failure(FAILED, sentence, false);
  }

  /** Nobody answered; the same may be answered later. */
  static Failure unreachable(String sentence) {
    return new Failure(FAILED, sentence, true);
  }

  static Failure wrongUse(String sentence) {
    return new Failure(WRONG_USE, sentence, false);
  }

  /** Whether nobody answered, so that it is worth asking again. */
  boolean isUnreachable() {
    return unreachable;
  }

  int exitCode() {
    return exitCode;
  }
}
