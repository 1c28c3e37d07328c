package org.almoner.tax.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A table with one header line: RFC 4180 in UTF-8, with comma, semicolon or tabulator between
 * cells, whichever the header holds most of.
 *
 * <p>A byte order mark before the header and empty lines at the end are let pass; every other line
 * has as many cells as the header.
 *
 * @param separator what stands between cells
 * @param header names of the columns, none empty, no two alike but for case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public record CsvTable(char separator, List<String> header, List<CsvRow> rows) {
  /** Largest file read, in octets. */
  public static final int BYTES_MAX = 128 << 20;

  /** Most rows below the header: one a minute for almost four years. */
  public static final int ROWS_MAX = 2_000_000;

  /** Most columns. */
  public static final int COLUMNS_MAX = 200;

  /** Longest cell, in characters. */
  public static final int CELL_MAX = 10_000;

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  public CsvTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * Reads a table.
   *
   * @throws MalformedCsv naming the line
   */
  public static CsvTable parse(byte[] octets) throws MalformedCsv {
    if (octets.length > BYTES_MAX) {
      throw new MalformedCsv(
          1, "the file has " + octets.length + " octets; at most " + BYTES_MAX + " are read");
    }
    String text = text(octets);
    char separator = separator(text);
    CsvCells cells = new CsvCells(text, separator);
    List<List<String>> lines = cells.read();
    if (lines.isEmpty()) {
      throw new MalformedCsv(1, "the file is empty; expected a line with the names of columns");
    }
    List<String> header = header(lines.get(0));
    List<CsvRow> rows = new java.util.ArrayList<>(lines.size());
    for (int i = 1; i < lines.size(); i++) {
      List<String> row = lines.get(i);
      if (row.size() != header.size()) {
        throw new MalformedCsv(
            cells.line(i),
            "has " + row.size() + " cells; the header names " + header.size() + " columns");
      }
      rows.add(new CsvRow(cells.line(i), row));
    }
    return new CsvTable(separator, header, rows);
  }

  /** Place of the column with that name, whatever its case. */
  public OptionalInt find(String name) {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equalsIgnoreCase(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static String text(byte[] octets) throws MalformedCsv {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MalformedCsv(1, "the file is not UTF-8 text; save it as CSV in UTF-8");
    }
  }

  private static char separator(String text) {
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(first, candidate) > count(first, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String line, char wanted) {
    return line.chars().filter(c -> c == wanted).count();
  }

  private static List<String> header(List<String> cells) throws MalformedCsv {
    List<String> names = cells.stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        throw new MalformedCsv(1, "column " + (i + 1) + " has no name");
      }
      if (!seen.add(names.get(i).toLowerCase(Locale.ROOT))) {
        throw new MalformedCsv(1, "two columns are named " + names.get(i));
      }
    }
    return names;
  }
}
