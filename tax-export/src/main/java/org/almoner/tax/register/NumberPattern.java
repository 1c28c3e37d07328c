package org.almoner.tax.register;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How numbers of documents are written: text with {@code {year}} and one {@code {serial:N}}, where
 * N is the least number of digits, such as {@code {year}-{serial:6}}.
 *
 * <p>Numbers that differ in nothing but their serial are one sequence: profiles with the same
 * pattern share it, so no number is ever given twice.
 */
public final class NumberPattern {
  /** Most digits a serial is filled up to. */
  public static final int DIGITS_MAX = 9;

  private static final String YEAR = "{year}";
  private static final Pattern SERIAL = Pattern.compile("\\{serial:([1-9])\\}");
  private static final Pattern REST = Pattern.compile("[A-Za-z0-9./-]{0,24}");

  /** What the register used from the beginning: the year and six digits. */
  public static final NumberPattern STANDARD = of("{year}-{serial:6}");

  private final String text;
  private final String before;
  private final String after;
  private final int digits;

  private NumberPattern(String text, String before, String after, int digits) {
    this.text = text;
    this.before = before;
    this.after = after;
    this.digits = digits;
  }

  /** Reads a pattern; {@code {year}} has to be in it, for a sequence begins anew each year. */
  public static NumberPattern of(String text) {
    Matcher serial = SERIAL.matcher(text);
    if (!serial.find() || !text.contains(YEAR)) {
      throw new IllegalArgumentException(
          "a pattern of numbers has {year} and one {serial:N}, such as {year}-{serial:6}: " + text);
    }
    String before = text.substring(0, serial.start());
    String after = text.substring(serial.end());
    String rest = (before + after).replace(YEAR, "");
    if (!REST.matcher(rest).matches() || !text.matches("[A-Za-z0-9{].*")) {
      throw new IllegalArgumentException(
          "beside {year} and {serial:N} a pattern of numbers has at most 24 letters, digits, '.',"
              + " '/' and '-', and begins with a letter or a digit: "
              + text);
    }
    return new NumberPattern(text, before, after, Integer.parseInt(serial.group(1)));
  }

  /** The sequence of {@code year}. */
  String series(int year) {
    return filled(before, year) + "#" + filled(after, year);
  }

  /** The number at {@code serial}. */
  String number(int year, long serial) {
    return filled(before, year)
        + String.format(Locale.ROOT, "%0" + digits + "d", serial)
        + filled(after, year);
  }

  private static String filled(String part, int year) {
    return part.replace(YEAR, String.format(Locale.ROOT, "%04d", year));
  }

  @Override
  public String toString() {
    return text;
  }
}
