package org.almoner.ledger.entry;

import java.util.Arrays;
import java.util.Optional;

/** What became of a usage line, by the hexadecimal digit that stands in a settlement. */
public enum Outcome {
  /** This settlement says nothing about the line: it is pending, or settled by another entry. */
  NONE(0),
  /** The line counts. */
  ACCEPTED(1),
  /** Distinct donors agreed on another output. */
  OUTPUT_DISAGREED(2),
  /** Distinct donors agreed on the output and on another instruction count. */
  COUNT_DISAGREED(3),
  /** The unit failed; the line brought no result. */
  FAILED(4),
  /** The unit ended before enough donors agreed. */
  NO_QUORUM(5),
  /** What the line states cannot be. */
  IMPLAUSIBLE(6),
  /** The answers that agreed came from computers of one donor. */
  SAME_DONOR(7),
  /** Another line of the same agent was outvoted before this one had matured. */
  DISTRUSTED(8),
  /** The known answer of a starter unit: it shows that the computer works, and counts nothing. */
  STARTER(9);

  private final int digit;

  Outcome(int digit) {
    this.digit = digit;
  }

  /** 0 to 15. */
  public int digit() {
    return digit;
  }

  /** Whether the line's answer was the one agreed for its unit, whether the line counts or not. */
  public boolean agreed() {
    return this == ACCEPTED || this == SAME_DONOR || this == DISTRUSTED;
  }

  /** The outcome of a digit, where there is one. */
  public static Optional<Outcome> of(int digit) {
    return Arrays.stream(values()).filter(o -> o.digit == digit).findFirst();
  }
}
