package org.almoner.workload.compare;

import java.math.BigDecimal;

/** Decimal numbers as files hold them, with the bounds in which they are compared. */
final class Decimal {
  /** Most significant digits, and most characters of a number. */
  static final int CHARS_MAX = 200;

  /** Largest power of ten, and smallest: beyond what a double holds. */
  static final int EXPONENT_MAX = 400;

  private Decimal() {}

  /**
   * The exact value of a number that {@code java.math.BigDecimal} can read.
   *
   * @throws NumberFormatException when it is none, or out of bounds
   */
  static BigDecimal parse(String text) {
    if (text.length() > CHARS_MAX) {
      throw new NumberFormatException("longer than " + CHARS_MAX + " characters");
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    long exponent = (long) value.precision() - value.scale();
    if (Math.abs(exponent) > EXPONENT_MAX) {
      throw new NumberFormatException("beyond 10^" + EXPONENT_MAX);
    }
    return value;
  }

  /** One spelling for each value: digits without zeros at the ends, {@code e} and an exponent. */
  static String canonical(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal plain = value.stripTrailingZeros();
    String digits = plain.unscaledValue().toString();
    return plain.scale() == 0 ? digits : digits + "e" + -plain.scale();
  }
}
