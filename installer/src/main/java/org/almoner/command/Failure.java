package org.almoner.command;

import java.util.List;

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

  private final transient List<String> sentences;

  private Failure(int exitCode, List<String> sentences, boolean unreachable) {
    super(String.join("\n", sentences));
    this.exitCode = exitCode;
    this.unreachable = unreachable;
    this.sentences = sentences;
  }

  private Failure(int exitCode, String sentence, boolean unreachable) {
    this(exitCode, List.of(sentence), unreachable);
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

  /** Used wrongly in many ways, each told on a line of its own. */
  static Failure wrongUse(List<String> sentences) {
    return new Failure(WRONG_USE, List.copyOf(sentences), false);
  }

  /** What to tell, line by line. */
  List<String> sentences() {
    return sentences;
  }

  /** Whether nobody answered, so that it is worth asking again. */
  boolean isUnreachable() {
    return unreachable;
  }

  int exitCode() {
    return exitCode;
  }
}
