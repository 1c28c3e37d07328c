package org.almoner.coordinator.http.page;

import org.almoner.ledger.entry.Outcome;

/** Why a line does not count, said to the donor. */
final class OutcomeWords {
  private OutcomeWords() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case NONE -> "Not decided yet.";
      case ACCEPTED -> "It counts: others agreed on the answer and on the instructions it took.";
      case ACCEPTED_OUTPUT -> "It counts: others agreed on the answer.";
      case ACCEPTED_ALONE ->
          "It counts: your computer's work is checked at random, and nobody else ran this unit.";
      case ACCEPTED_RULED -> "It counts: you objected, and the operator agreed.";
      case OUTPUT_DISAGREED -> "Other donors' computers agreed on another answer.";
      case COUNT_DISAGREED ->
          "Other donors' computers agreed on the answer, but took another number of instructions.";
      case FAILED -> "The program ended with an error and brought no result.";
      case NO_QUORUM -> "The unit ended before enough donors had answered.";
      case IMPLAUSIBLE -> "What your computer measured cannot be.";
      case SAME_DONOR -> "Every answer came from your own computers; another donor has to agree.";
      case DISTRUSTED ->
          "Another result of the same computer turned out wrong before this one had matured.";
      case STARTER -> "A starter unit with a known answer: it showed that your computer works.";
    };
  }
}
