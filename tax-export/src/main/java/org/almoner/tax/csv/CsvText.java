package org.almoner.tax.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table being written: RFC 4180, commas, UTF-8, lines that end in CR LF.
 *
 * <p>A text that a spreadsheet would run as a formula gets an apostrophe before it; a plain number
 * does not.
 */
public final class CsvText {
  private final StringBuilder text = new StringBuilder();

  /** Adds one line. */
  public CsvText line(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
    }
    text.append("\r\n");
    return this;
  }

  /** The file's octets. */
  public byte[] octets() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String cell(String raw) {
    boolean formula =
        !raw.isEmpty() && "=+-@\t\r".indexOf(raw.charAt(0)) >= 0 && !raw.matches("-?[0-9.]+");
    String cell = formula ? "'" + raw : raw;
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
