package org.almoner.tax.jurisdiction;

import java.util.Locale;

/**
 * How documents are numbered. Profiles with the same pattern share one sequence, so that no number
 * is given twice.
 *
 * @param pattern letters, digits, {@code .} and {@code -} with one {@code [year]}, and {@code
 *     -[serial]} at its end
 * @param gapless whether every serial of a year must be accounted for; where it is not, a gap is
 *     allowed and still explained
 */
public record Numbering(String pattern, boolean gapless) {
  /** Digits of a serial below a million. */
  private static final int SERIAL_DIGITS = 6;

  /** Most characters before the serial, the year's four digits included. */
  private static final int PREFIX_MAX = 20;

  private static final String YEAR = "[year]";
  private static final String SERIAL = "-[serial]";

  /** Of statements that no country asks for. */
  public static final Numbering PLAIN = new Numbering(YEAR + SERIAL, true);

  /**
   * @throws IllegalArgumentException saying what a pattern is
   */
  public Numbering {
    boolean ended = pattern.endsWith(SERIAL);
    String rest =
        ended ? pattern.substring(0, pattern.length() - SERIAL.length()).replace(YEAR, "") : "";
    if (!ended
        || pattern.indexOf(YEAR) < 0
        || pattern.indexOf(YEAR) != pattern.lastIndexOf(YEAR)
        || !rest.matches("[A-Za-z0-9.-]{0," + (PREFIX_MAX - 4) + "}")
        || pattern.startsWith(".")
        || pattern.startsWith("-")) {
      throw new IllegalArgumentException(
          "is "
              + pattern
              + "; expected up to "
              + (PREFIX_MAX - 4)
              + " letters, digits, '.' or '-' with one [year], and -[serial] at its end, such as"
              + " AT-[year]-[serial]");
    }
  }

  /** What the numbers of {@code year} begin with; the serial follows. */
  public String sequence(int year) {
    String prefix = pattern.substring(0, pattern.length() - SERIAL.length() + 1);
    return prefix.replace(YEAR, String.format(Locale.ROOT, "%04d", year));
  }

  /**
   * The number of one document.
   *
   * @param serial from 1 on
   */
  public String number(int year, int serial) {
    return sequence(year) + String.format(Locale.ROOT, "%0" + SERIAL_DIGITS + "d", serial);
  }
}
