package org.almoner.command.audit;

import java.util.Arrays;
import java.util.Optional;

/** A check of a line that was not possible; what a run of the unit shows is not touched by it. */
enum Gap {
  /** The answer given out as the unit's result was not shown, or that of another unit was. */
  AGREED_MISSING("agreed-missing", true, "the coordinator does not show the unit's agreed result"),
  /** Outputs that are compared by what they mean were not shown. */
  OUTPUT_MISSING(
      "output-missing", true, "the coordinator does not show outputs that are to be compared"),
  /** No enrolment of the agent was shown. */
  ENROLMENT_MISSING("enrolment-missing", true, "the coordinator does not show the enrolment"),
  /** What was shown as the agent's enrolment is not in the log, or not the agent's. */
  ENROLMENT_UNPROVED("enrolment-unproved", true, "what is shown as the enrolment proves nothing"),
  /** The agent enrolled anew after the line, so that the machine of then is not known. */
  ENROLMENT_LATER("enrolment-later", false, "the computer enrolled anew since");

  private final String word;
  private final boolean owed;
  private final String sentence;

  Gap(String word, boolean owed, String sentence) {
    this.word = word;
    this.owed = owed;
    this.sentence = sentence;
  }

  String word() {
    return word;
  }

  /** Whether the coordinator could have been expected to show what is missing. */
  boolean isOwed() {
    return owed;
  }

  /** For the auditor. */
  String sentence() {
    return sentence;
  }

  static Optional<Gap> of(String word) {
    return Arrays.stream(values()).filter(gap -> gap.word.equals(word)).findFirst();
  }
}
