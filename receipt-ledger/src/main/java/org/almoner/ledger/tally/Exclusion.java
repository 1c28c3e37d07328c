package org.almoner.ledger.tally;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.almoner.ledger.entry.Outcome;

/** Why a line that came back does not count. */
public enum Exclusion {
  /** Not settled when the statement was drawn up: it counts in a later one, or not. */
  PENDING,
  /** The operator made it void after it was settled. */
  VOIDED,
  /** The answers that agreed came from computers of one donor. */
  SAME_DONOR,
  /** Distinct donors agreed on another output. */
  OUTPUT_DISAGREED,
  /** Distinct donors agreed on the output and on another instruction count. */
  COUNT_DISAGREED,
  /** It brought no result. */
  FAILED,
  /** Its unit ended before enough donors agreed. */
  NO_QUORUM,
  /** What it states cannot be. */
  IMPLAUSIBLE,
  /** Its computer was outvoted on another line before this one had matured. */
  DISTRUSTED;

  /** The reason in a statement: lower case, hyphens between words. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason that {@link #text} writes. */
  public static Optional<Exclusion> of(String text) {
    return Arrays.stream(values()).filter(reason -> reason.text().equals(text)).findFirst();
  }

  /**
   * Why the line does not count.
   *
   * @param leaf of a line that does not count and is no right answer of a starter unit
   */
  static Exclusion of(long leaf, Outcomes outcomes) {
    if (outcomes.isVoid(leaf)) {
      return VOIDED;
    }
    return switch (outcomes.outcome(leaf)) {
      case NONE -> PENDING;
      case OUTPUT_DISAGREED -> OUTPUT_DISAGREED;
      case COUNT_DISAGREED -> COUNT_DISAGREED;
      case FAILED -> FAILED;
      case NO_QUORUM -> NO_QUORUM;
      case IMPLAUSIBLE -> IMPLAUSIBLE;
      case DISTRUSTED -> DISTRUSTED;
      // Settled as counting, and left out by the fold: the donor has two agreed lines of its unit.
      case SAME_DONOR, ACCEPTED, ACCEPTED_OUTPUT, ACCEPTED_ALONE, ACCEPTED_RULED -> SAME_DONOR;
      case STARTER -> throw new IllegalArgumentException(Outcome.STARTER + " is not excluded");
    };
  }
}
