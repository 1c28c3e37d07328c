package org.almoner.command.bench;

/** A measurement that cannot go on or does not add up; the message is one sentence. */
public final class BenchFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public BenchFailed(String sentence) {
    super(sentence);
  }

  /** Says why. */
  public BenchFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
