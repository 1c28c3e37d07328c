package org.almoner.coordinator.dispatch;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.usage.UsageLine;

/**
 * What a logged line states that a run took, as far as owners are told.
 *
 * @param wallMs 0 when it was logged before this was kept
 * @param memPeakBytes resident peak; 0 when it was logged before this was kept
 */
public record Took(long cpuMs, long wallMs, long memPeakBytes) {
  /** Nothing yet. */
  static final Took NOTHING = new Took(0, 0, 0);

  private static final int CPU_ALONE = 1;

  /** What {@code line} states. */
  public static Took of(UsageLine line) {
    return new Took(line.cpuMs(), line.wallMs(), line.memPeakBytes());
  }

  static Took read(RowReader in) throws DamagedRow {
    long cpuMs = in.number();
    return in.version() == CPU_ALONE
        ? new Took(cpuMs, 0, 0)
        : new Took(cpuMs, in.number(), in.number());
  }

  void write(RowWriter out) {
    out.number(cpuMs).number(wallMs).number(memPeakBytes);
  }
}
