package org.almoner.coordinator.batch;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.lease.Allotment;

/**
 * What one unit of a batch takes, learned from those that were agreed on.
 *
 * @param cpuMs processor time; 0 while none was agreed on
 * @param wallMs time from start to end; 0 while none was agreed on
 */
public record Estimate(long cpuMs, long wallMs) {
  /** Nothing was agreed on yet. */
  public static final Estimate UNKNOWN = new Estimate(0, 0);

  /** The newest unit counts one in so many. */
  static final int WEIGHT = 16;

  /** Whether it was learned. */
  public boolean isKnown() {
    return cpuMs > 0;
  }

  /** Processor time of a unit: what was learned, or the most that one may take. */
  public long cpuMsOr(Allotment most) {
    return isKnown() ? cpuMs : most.wallMs() * most.cores();
  }

  /** After another unit that took {@code unit}; the first counts alone. */
  Estimate with(Estimate unit) {
    return isKnown()
        ? new Estimate(mean(cpuMs, unit.cpuMs), mean(wallMs, unit.wallMs))
        : new Estimate(Math.max(1, unit.cpuMs), Math.max(1, unit.wallMs));
  }

  private static long mean(long old, long newest) {
    return Math.max(1, old + Math.floorDiv(newest - old, WEIGHT));
  }

  static Estimate read(RowReader in) throws DamagedRow {
    return new Estimate(in.number(), in.number());
  }

  void write(RowWriter out) {
    out.number(cpuMs).number(wallMs);
  }
}
