package org.almoner.ledger.entry;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a usage line, by the hexadecimal digit that stands in a settlement. */
public enum Outcome {
  /** This settlement says nothing about the line: it is pending, or settled by another entry. */
  NONE(0),
  /** The line counts: distinct donors agreed on the output and on the instruction count. */
  ACCEPTED(1, Tier.C1),
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
  STARTER(9),
  /** The line counts: distinct donors agreed on the output; nothing was counted. */
  ACCEPTED_OUTPUT(10, Tier.C2),
  /**
   * The line counts: nobody else ran its unit. Its computer passed the checks that were drawn by
   * chance, and the one for this line was not due.
   */
  ACCEPTED_ALONE(11, Tier.C3),
  /** The line counts: its donor objected to another outcome, and the operator agreed. */
  ACCEPTED_RULED(12, Tier.C3);

  private final int digit;
  private final @Nullable Tier tier;

  /** How processor time that counts was proved. */
  public enum Tier {
    /** The instruction count was agreed by distinct donors. */
    C1,
    /** The output was agreed, the time is the computer's own word. */
    C2,
    /** Reported only, by a computer whose work is checked at random. */
    C3
  }

  Outcome(int digit) {
    this(digit, null);
  }

  Outcome(int digit, @Nullable Tier tier) {
    this.digit = digit;
    this.tier = tier;
  }

  /** 0 to 15. */
  public int digit() {
    return digit;
  }

  /** How a line that counts was proved; empty for one that does not count. */
  public Optional<Tier> tier() {
    return Optional.ofNullable(tier);
  }

  /** Whether the line counts. */
  public boolean counts() {
    return tier != null;
  }

  /**
   * Whether the line's answer was the one taken for its unit, whether the line counts or not: of
   * one unit, no two such lines of one donor count.
   */
  public boolean agreed() {
    return counts() || this == SAME_DONOR || this == DISTRUSTED;
  }

  /** The outcome of a digit, where there is one. */
  public static Optional<Outcome> of(int digit) {
    return Arrays.stream(values()).filter(o -> o.digit == digit).findFirst();
  }
}
