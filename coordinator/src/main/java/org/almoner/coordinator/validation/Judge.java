package org.almoner.coordinator.validation;

import org.almoner.ledger.entry.Outcome;

/** Says what becomes of the lines of a unit that has ended. */
public final class Judge {
  private Judge() {}

  /** What becomes of a line that answered {@code line} once {@code agreed} was agreed. */
  public static Outcome outcome(Answer line, Answer agreed) {
    if (!agreed.succeeded()) {
      return Outcome.FAILED;
    }
    if (line.agreesWith(agreed)) {
      return agreed.compared().tier() == Outcome.Tier.C1
          ? Outcome.ACCEPTED
          : Outcome.ACCEPTED_OUTPUT;
    }
    return line.sameOutput(agreed) ? Outcome.COUNT_DISAGREED : Outcome.OUTPUT_DISAGREED;
  }

  /** What becomes of the line of a starter unit whose answer was known beforehand. */
  public static Outcome starter(Answer line, Answer known) {
    Outcome outcome = outcome(line, known);
    return outcome == Outcome.ACCEPTED ? Outcome.STARTER : outcome;
  }
}
