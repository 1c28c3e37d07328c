package org.almoner.command;

/**
 * A command that cannot go on: one sentence for the terminal and the exit code that goes with it.
 */
final class Failure extends RuntimeException {
  /** The work was tried and failed. */
  static final int FAILED = 1;

  /** The command was used wrongly; nothing was tried. */
  static final int WRONG_USE = 2;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Failure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  static Failure failed(String sentence) {
    return new Failure(FAILED, sentence);
  }

  static Failure wrongUse(String sentence) {
    return new Failure(WRONG_USE, sentence);
  }

  int exitCode() {
    return exitCode;
  }
}
