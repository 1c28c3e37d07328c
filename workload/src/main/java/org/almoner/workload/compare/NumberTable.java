package org.almoner.workload.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of numbers in columns, read once and held against others.
 *
 * <p>The columns of a file whose name ends in {@code .csv} are parted by commas, those of any other
 * by blanks and tabs; there, lines without a value say nothing. What is no number, such as the
 * names of columns, is compared as text.
 */
final class NumberTable {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?");

  private static final String CSV = ".csv";

  private final List<Tolerance> columns;
  private final List<List<Cell>> rows;

  /** A value, and the number it is when its column has a tolerance. */
  private record Cell(String text, Optional<BigDecimal> number) {
    boolean isWithin(Tolerance tolerance, Cell other) {
      if (number.isPresent() && other.number.isPresent()) {
        return tolerance.covers(number.get(), other.number.get());
      }
      return text.equals(other.text);
    }
  }

  private NumberTable(List<Tolerance> columns, List<List<Cell>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Reads the text of the file that is compared so. */
  static NumberTable read(FileComparison how, String text) throws Incomparable {
    List<List<String>> values =
        how.name().endsWith(CSV) ? CsvForm.records(text) : blankSeparated(text);
    List<List<Cell>> rows = new ArrayList<>(values.size());
    for (List<String> record : values) {
      List<Cell> row = new ArrayList<>(record.size());
      for (String value : record) {
        row.add(cell(tolerance(how.columns(), row.size()), value));
      }
      rows.add(row);
    }
    return new NumberTable(how.columns(), rows);
  }

  private static Tolerance tolerance(List<Tolerance> columns, int column) {
    return columns.get(Math.min(column, columns.size() - 1));
  }

  private static Cell cell(Tolerance tolerance, String value) {
    String text = value.strip();
    if (tolerance.text() || text.length() > Decimal.CHARS_MAX || !NUMBER.matcher(text).matches()) {
      return new Cell(value, Optional.empty());
    }
    try {
      return new Cell(value, Optional.of(Decimal.parse(text)));
    } catch (NumberFormatException e) {
      return new Cell(value, Optional.empty());
    }
  }

  private static List<List<String>> blankSeparated(String text) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : text.split("\r?\n", -1)) {
      String inner = line.strip();
      if (!inner.isEmpty()) {
        rows.add(List.of(inner.split("[ \t]+", -1)));
      }
    }
    return rows;
  }

  /** Whether both have the same shape, and no number is further from the other's than allowed. */
  boolean agreesWith(NumberTable other) {
    if (rows.size() != other.rows.size()) {
      return false;
    }
    for (int row = 0; row < rows.size(); row++) {
      List<Cell> mine = rows.get(row);
      List<Cell> theirs = other.rows.get(row);
      if (mine.size() != theirs.size()) {
        return false;
      }
      for (int column = 0; column < mine.size(); column++) {
        if (!mine.get(column).isWithin(tolerance(columns, column), theirs.get(column))) {
          return false;
        }
      }
    }
    return true;
  }
}
