package org.almoner.tax.csv;

/** A table that cannot be read; the message names the line and, where there is one, the column. */
public final class MalformedCsv extends Exception {
  private static final long serialVersionUID = 1L;

  /** About a line as a whole; the first is 1. */
  public MalformedCsv(int line, String problem) {
    super("line " + line + ": " + problem);
  }

  /** About one cell. */
  public MalformedCsv(int line, String column, String problem) {
    super("line " + line + ", column " + column + ": " + problem);
  }
}
