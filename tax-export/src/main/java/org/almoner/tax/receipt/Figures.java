package org.almoner.tax.receipt;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import org.almoner.tax.jurisdiction.Notation;

/**
 * The figures of one column, printed alike: hours or kilowatt-hours with the same number of
 * decimals, rounded half up from exact integers.
 *
 * <p>Two decimals are the rule; where the smallest figure would lose its first three digits, more
 * are shown, up to {@value #DECIMALS_MAX}.
 */
final class Figures {
  static final int DECIMALS_MIN = 2;
  static final int DECIMALS_MAX = 6;
  private static final int DIGITS_KEPT = 3;

  /** Milliseconds in an hour. */
  static final long MS_PER_HOUR = 3_600_000;

  /** MiB milliseconds in a GiB hour. */
  static final long MIB_MS_PER_GIB_HOUR = 1024 * MS_PER_HOUR;

  /** Joules in a kilowatt-hour. */
  static final long JOULES_PER_KWH = 3_600_000;

  private final long divisor;
  private final int decimals;
  private final Notation notation;

  private Figures(long divisor, int decimals, Notation notation) {
    this.divisor = divisor;
    this.decimals = decimals;
    this.notation = notation;
  }

  /** A column whose unit is {@code divisor} of what was measured. */
  static Figures column(long divisor, Collection<Long> amounts, Notation notation) {
    long smallest = amounts.stream().filter(amount -> amount > 0).min(Long::compare).orElse(0L);
    int decimals = DECIMALS_MIN;
    if (smallest > 0) {
      while (decimals < DECIMALS_MAX && digits(smallest, divisor, decimals) < DIGITS_KEPT) {
        decimals++;
      }
    }
    return new Figures(divisor, decimals, notation);
  }

  private static int digits(long amount, long divisor, int decimals) {
    BigInteger scaled =
        rounded(amount, divisor, decimals).movePointRight(decimals).toBigIntegerExact();
    return scaled.signum() == 0 ? 0 : scaled.toString().length();
  }

  private static BigDecimal rounded(long amount, long divisor, int decimals) {
    return BigDecimal.valueOf(amount)
        .divide(BigDecimal.valueOf(divisor), decimals, RoundingMode.HALF_UP);
  }

  /** The figure as its language writes it, such as {@code 18,360.42}. */
  String print(long amount) {
    return notation.number(rounded(amount, divisor, decimals).toPlainString());
  }
}
