package org.almoner.tax.pdf;

import com.itextpdf.kernel.colors.Color;
import com.itextpdf.kernel.colors.DeviceRgb;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A colour of sRGB, dark enough to be read on white paper and to have white letters on it.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Colour(int red, int green, int blue) {
  /**
   * Least contrast with white.
   *
   * @see <a href="https://www.w3.org/TR/WCAG21/#contrast-minimum">WCAG 2.1, 1.4.3</a>
   */
  public static final double CONTRAST_MIN = 4.5;

  private static final Pattern HEX = Pattern.compile("#[0-9A-Fa-f]{6}");
  private static final int MAX = 255;

  /** Refuses what cannot be read on white. */
  public Colour {
    if (red < 0 || red > MAX || green < 0 || green > MAX || blue < 0 || blue > MAX) {
      throw new IllegalArgumentException("a colour's parts are 0 to 255");
    }
    double contrast = contrast(red, green, blue);
    if (contrast < CONTRAST_MIN) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the colour #%02x%02x%02x has a contrast of %.1f with white paper; expected at least"
                  + " %.1f: choose a darker one",
              red,
              green,
              blue,
              Math.floor(10 * contrast) / 10,
              CONTRAST_MIN));
    }
  }

  /**
   * Reads {@code #14344f}.
   *
   * @throws IllegalArgumentException in one sentence when it is none, or too light
   */
  public static Colour parse(String text) {
    if (!HEX.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a colour is written like #14344f, with six hexadecimal digits; got " + text);
    }
    int all = Integer.parseInt(text.substring(1), 16);
    return new Colour(all >> 16, all >> 8 & MAX, all & MAX);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
  }

  Color ink() {
    return new DeviceRgb(red, green, blue);
  }

  private static double contrast(int red, int green, int blue) {
    double luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    return 1.05 / (luminance + 0.05);
  }

  private static double linear(int part) {
    double value = (double) part / MAX;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
