package org.almoner.tax.receipt;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** One line of text from a person, made fit for print: NFC, single spaces, nothing invisible. */
final class PlainLine {
  private PlainLine() {}

  /**
   * The line in Unicode normal form C without spaces at its ends.
   *
   * @param what the line's name, for the message
   * @param max most characters (code points)
   * @throws IllegalArgumentException when it is empty, too long or holds a character that does not
   *     print
   */
  static String of(String what, String text, int max) {
    String line = optional(what, text, max);
    if (line.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty; expected a text");
    }
    return line;
  }

  /** Like {@link #of}, but may be empty. */
  static String optional(String what, String text, int max) {
    String line = Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll(" {2,}", " ");
    line.codePoints()
        .filter(PlainLine::invisible)
        .findFirst()
        .ifPresent(
            c -> {
              throw new IllegalArgumentException(
                  what
                      + " holds the character U+"
                      + String.format("%04X", c)
                      + ", which does not print; remove it");
            });
    int length = line.codePointCount(0, line.length());
    if (length > max) {
      throw new IllegalArgumentException(
          what + " has " + length + " characters; at most " + max + " fit on the page");
    }
    return line;
  }

  /** Each of {@code lines}, empty ones left out. */
  static List<String> all(String what, List<String> lines, int most, int max) {
    List<String> clean = new ArrayList<>();
    for (String line : lines) {
      String text = optional(what, line, max);
      if (!text.isEmpty()) {
        clean.add(text);
      }
    }
    if (clean.size() > most) {
      throw new IllegalArgumentException(
          what + " has " + clean.size() + " lines; at most " + most + " fit on the page");
    }
    return List.copyOf(clean);
  }

  private static boolean invisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
