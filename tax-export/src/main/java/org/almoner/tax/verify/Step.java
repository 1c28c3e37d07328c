package org.almoner.tax.verify;

/**
 * One thing that was looked at, and what was found.
 *
 * @param subject a word for it
 * @param verdict whether it holds
 * @param sentence what was found, and when it does not hold, why
 */
public record Step(String subject, Verdict verdict, String sentence) {
  /** What a look ended in. */
  public enum Verdict {
    /** It holds. */
    OK,
    /** It does not hold. */
    FAILED,
    /** Nothing speaks against it, and something needed to be sure was not given. */
    UNKNOWN
  }

  /** It holds. */
  public static Step ok(String subject, String sentence) {
    return new Step(subject, Verdict.OK, sentence);
  }

  /** It does not hold. */
  public static Step failed(String subject, String sentence) {
    return new Step(subject, Verdict.FAILED, sentence);
  }

  /** What would show it was not given. */
  public static Step unknown(String subject, String sentence) {
    return new Step(subject, Verdict.UNKNOWN, sentence);
  }

  /** The step as a line for people. */
  @Override
  public String toString() {
    String mark = verdict == Verdict.OK ? "ok" : verdict == Verdict.FAILED ? "FAILED" : "unknown";
    return String.format("%-8s %-10s %s", mark, subject, sentence);
  }
}
