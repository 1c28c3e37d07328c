package org.almoner.coordinator.batch;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;

/**
 * How the newest units of a batch ended.
 *
 * @param failed a bit for each, the newest lowest, set when it failed
 * @param count how many are known, at most {@link #MAX}
 */
record Endings(int failed, int count) {
  /** Units that are looked back at. */
  static final int MAX = 20;

  static final Endings NONE = new Endings(0, 0);

  private static final int MASK = (1 << MAX) - 1;

  Endings with(boolean oneFailed) {
    int bits = (failed << 1 | (oneFailed ? 1 : 0)) & MASK;
    return new Endings(bits, Math.min(MAX, count + 1));
  }

  /** How many of them failed. */
  int failures() {
    return Integer.bitCount(failed);
  }

  /** Whether more than half of as many as are looked back at failed. */
  boolean mostFailed() {
    return count == MAX && failures() > MAX / 2;
  }

  static Endings read(RowReader in) throws DamagedRow {
    return new Endings(in.count(MASK), in.count(MAX));
  }

  void write(RowWriter out) {
    out.number(failed).number(count);
  }
}
