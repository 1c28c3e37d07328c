package org.almoner.agent.run;

import java.util.List;
import org.almoner.protocol.usage.DiskUse;
import org.almoner.protocol.usage.Energy;

/**
 * What one run took on this machine.
 *
 * @param startMs before the process was started, milliseconds since 1970 UTC
 * @param endMs when it had ended, same clock, never before {@code startMs}
 * @param wallMs time between them in which it could run, by a monotonic clock: not while it was
 *     held still, nor while the machine slept
 * @param cpuMs user and system time of the process and all it started, at most {@code wallMs} times
 *     the processors of the machine
 * @param memPeakBytes largest resident memory seen
 * @param memMeanBytes mean resident memory over time, at most {@code memPeakBytes}
 * @param memReservedBytes memory that was set aside
 * @param disk what went to and came from disks, one figure or none
 * @param energy what it took by a counter, one figure or none
 */
public record Measured(
    long startMs,
    long endMs,
    long wallMs,
    long cpuMs,
    long memPeakBytes,
    long memMeanBytes,
    long memReservedBytes,
    List<DiskUse> disk,
    List<Energy> energy) {
  public Measured {
    disk = List.copyOf(disk);
    energy = List.copyOf(energy);
    if (disk.size() > 1 || energy.size() > 1) {
      throw new IllegalArgumentException("of disk and energy there is one figure or none");
    }
    if (endMs < startMs) {
      throw new IllegalArgumentException("endMs " + endMs + " lies before startMs " + startMs);
    }
    if (wallMs < 0 || cpuMs < 0 || memMeanBytes < 0 || memReservedBytes < 0) {
      throw new IllegalArgumentException("a measured quantity is never negative");
    }
    if (memMeanBytes > memPeakBytes) {
      throw new IllegalArgumentException(
          "memMeanBytes " + memMeanBytes + " exceeds memPeakBytes " + memPeakBytes);
    }
  }

  /** Where neither disks nor energy were measured. */
  public Measured(
      long startMs,
      long endMs,
      long wallMs,
      long cpuMs,
      long memPeakBytes,
      long memMeanBytes,
      long memReservedBytes) {
    this(
        startMs,
        endMs,
        wallMs,
        cpuMs,
        memPeakBytes,
        memMeanBytes,
        memReservedBytes,
        List.of(),
        List.of());
  }
}
