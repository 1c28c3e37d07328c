package org.almoner.agent.run;

/**
 * What one run took on this machine.
 *
 * @param startMs before the process was started, milliseconds since 1970 UTC
 * @param endMs when it had ended, same clock, never before {@code startMs}
 * @param wallMs time between them by a monotonic clock, pauses included
 * @param cpuMs user and system time of the process, at most {@code wallMs} times the processors of
 *     the machine
 * @param memPeakBytes largest resident memory seen
 * @param memMeanBytes mean resident memory over time, at most {@code memPeakBytes}
 * @param memReservedBytes memory that was set aside
 */
public record Measured(
    long startMs,
    long endMs,
    long wallMs,
    long cpuMs,
    long memPeakBytes,
    long memMeanBytes,
    long memReservedBytes) {
  public Measured {
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
}
