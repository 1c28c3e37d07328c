package org.almoner.workload.spec;

import java.util.Comparator;

/**
 * One thing to mend in a workload file.
 *
 * @param line where it stands, counted from 1
 * @param column where it stands, in characters counted from 1
 * @param path the field, such as {@code release.args[1]}; empty for the file as a whole
 * @param sentence what came, what was expected and what to do next
 */
public record Fault(int line, int column, String path, String sentence)
    implements Comparable<Fault> {
  private static final Comparator<Fault> BY_POSITION =
      Comparator.comparingInt(Fault::line)
          .thenComparingInt(Fault::column)
          .thenComparing(Fault::path)
          .thenComparing(Fault::sentence);

  public Fault {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns count from 1: " + line + ":" + column);
    }
  }

  /** In reading order. */
  @Override
  public int compareTo(Fault other) {
    return BY_POSITION.compare(this, other);
  }

  /** The form editors jump to: {@code line:column field: sentence}. */
  @Override
  public String toString() {
    return line + ":" + column + "  " + (path.isEmpty() ? "" : path + ": ") + sentence;
  }
}
