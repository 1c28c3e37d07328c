package org.almoner.tax.csv;

import java.util.List;

/**
 * One row below the header.
 *
 * @param line where it begins in the file, the first line being 1
 * @param cells as many as the header has, without quotes
 */
public record CsvRow(int line, List<String> cells) {
  public CsvRow {
    cells = List.copyOf(cells);
  }

  /** The cell of a column, without spaces at its ends. */
  public String cell(int column) {
    return cells.get(column).strip();
  }
}
