package org.almoner.tax.csv;

import java.util.ArrayList;
import java.util.List;

/** The cells of a text, line by line; quotes are taken off. */
final class CsvCells {
  private final String text;
  private final char separator;
  private final List<List<String>> lines = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private int at;
  private int line = 1;

  CsvCells(String text, char separator) {
    this.text = text;
    this.separator = separator;
  }

  /** Every line that is not empty; empty ones only at the end. */
  List<List<String>> read() throws MalformedCsv {
    int emptyAt = 0;
    while (at < text.length()) {
      int begins = line;
      List<String> cells = line();
      if (cells.size() == 1 && cells.get(0).isBlank()) {
        emptyAt = emptyAt == 0 ? begins : emptyAt;
        continue;
      }
      if (emptyAt > 0) {
        throw new MalformedCsv(emptyAt, "is empty, and more lines follow");
      }
      if (lines.size() > CsvTable.ROWS_MAX) {
        throw new MalformedCsv(begins, "is one too many; at most " + CsvTable.ROWS_MAX + " rows");
      }
      numbers.add(begins);
      lines.add(cells);
    }
    return lines;
  }

  /** Number in the file of the line at {@code place} of those read. */
  int line(int place) {
    return numbers.get(place);
  }

  private List<String> line() throws MalformedCsv {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (cells.size() > CsvTable.COLUMNS_MAX) {
        throw new MalformedCsv(line, "has more than " + CsvTable.COLUMNS_MAX + " cells");
      }
      if (at >= text.length()) {
        return cells;
      }
      char end = text.charAt(at++);
      if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
        end = '\n';
      }
      if (end == '\n') {
        line++;
        return cells;
      }
      if (end != separator) {
        throw new MalformedCsv(
            line, "\"" + end + "\" follows the quote that ends cell " + cells.size());
      }
    }
  }

  private String plain() throws MalformedCsv {
    int from = at;
    while (at < text.length() && !ends(text.charAt(at))) {
      if (text.charAt(at) == '"') {
        throw new MalformedCsv(line, "has a quote inside a cell that does not begin with one");
      }
      at++;
    }
    return checked(text.substring(from, at), line);
  }

  private boolean ends(char c) {
    return c == separator
        || c == '\n'
        || (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n');
  }

  private String quoted() throws MalformedCsv {
    int begins = line;
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        if (at >= text.length() || text.charAt(at) != '"') {
          return checked(cell.toString(), begins);
        }
        at++;
      } else if (c == '\n') {
        line++;
      }
      cell.append(c);
    }
    throw new MalformedCsv(begins, "a quote is opened and never closed");
  }

  private static String checked(String cell, int line) throws MalformedCsv {
    if (cell.length() > CsvTable.CELL_MAX) {
      throw new MalformedCsv(line, "a cell has more than " + CsvTable.CELL_MAX + " characters");
    }
    for (int i = 0; i < cell.length(); i++) {
      if (Character.isISOControl(cell.charAt(i)) && "\n\r\t".indexOf(cell.charAt(i)) < 0) {
        throw new MalformedCsv(line, "a cell holds a control character; remove it");
      }
    }
    return cell;
  }
}
