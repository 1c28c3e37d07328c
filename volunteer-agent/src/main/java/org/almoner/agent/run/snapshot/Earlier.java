package org.almoner.agent.run.snapshot;

import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Spent;
import org.almoner.protocol.lease.Allotment;

/**
 * What the parts of a unit took that led to the snapshot from which it goes on.
 *
 * @param startMs when the first of them began, milliseconds since 1970 UTC
 * @param wallMs of all together
 * @param cpuMs of all together, user and system time
 */
public record Earlier(long startMs, long wallMs, long cpuMs) {
  private static final long LEFT_MS_MIN = 1_000;

  public Earlier {
    if (startMs < 0 || wallMs < 0 || cpuMs < 0) {
      throw new IllegalArgumentException("a measured quantity is never negative");
    }
  }

  /** Of a unit that begins at {@code nowMs}. */
  public static Earlier none(long nowMs) {
    return new Earlier(nowMs, 0, 0);
  }

  /**
   * What is believed of it: a process that ran a stranger's code said it.
   *
   * @param fromMs no part began before it
   * @param nowMs when the next part begins; no part ended after it
   * @param cores the unit may have used
   */
  public Earlier within(long fromMs, long nowMs, int cores) {
    long start = Math.min(nowMs, Math.max(fromMs, startMs));
    long wall = Math.min(Math.min(wallMs, cpuMs), nowMs - start);
    return new Earlier(start, wall, Math.min(cpuMs, wall * cores));
  }

  /** What is left of an allotment for the part that goes on: its wall time, a second at least. */
  public Allotment left(Allotment whole) {
    return new Allotment(
        whole.cores(),
        whole.memoryBytes(),
        whole.diskBytes(),
        Math.max(LEFT_MS_MIN, whole.wallMs() - wallMs));
  }

  /**
   * These parts and one more. What disks and energy took is known of the last part alone, so that
   * of several parts it is unknown.
   */
  public Measured and(Measured last) {
    if (wallMs == 0 && cpuMs == 0) {
      return last;
    }
    return new Measured(
        Math.min(startMs, last.startMs()),
        last.endMs(),
        wallMs + last.wallMs(),
        cpuMs + last.cpuMs(),
        last.memPeakBytes(),
        last.memMeanBytes(),
        last.memReservedBytes());
  }

  /** These parts and what the present one has taken so far. */
  public Spent and(Spent now) {
    return new Spent(wallMs + now.wallMs(), cpuMs + now.cpuMs());
  }
}
