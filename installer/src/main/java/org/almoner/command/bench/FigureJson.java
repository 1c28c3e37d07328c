package org.almoner.command.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures as JSON on one line, their fields in the order given. */
public final class FigureJson {
  private FigureJson() {}

  /** An object; the values are JSON already. */
  public static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> text(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** An array; the values are JSON already. */
  public static String array(List<String> values) {
    return "[" + String.join(", ", values) + "]";
  }

  /** A number with four decimals. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A string; what would need an escape becomes a question mark. */
  public static String text(String value) {
    return '"' + value.replaceAll("[\\p{Cntrl}\"\\\\]", "?") + '"';
  }
}
