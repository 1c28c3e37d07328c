package org.almoner.agent.run.process;

import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * When a run began and ended. The calendar may be set meanwhile, so the end is counted from the
 * beginning by the time since the machine was started, where the system tells that: it goes on in
 * sleep, and nobody sets it.
 */
final class Calendar {
  private static final long NANOS_PER_MS = 1_000_000;

  private final Clocks clocks;
  private final Supplier<OptionalLong> sinceBootMs;
  private final long startMs;
  private final long startNanos;
  private final OptionalLong startSinceBootMs;

  /** The beginning is now. */
  Calendar(Clocks clocks, Supplier<OptionalLong> sinceBootMs) {
    this.clocks = clocks;
    this.sinceBootMs = sinceBootMs;
    this.startMs = clocks.calendar().millis();
    this.startNanos = clocks.nanos().getAsLong();
    this.startSinceBootMs = sinceBootMs.get();
  }

  long startMs() {
    return startMs;
  }

  /**
   * The end is now.
   *
   * @param atLeastMs time that has passed for certain
   */
  long endMs(long atLeastMs) {
    return startMs + Math.max(atLeastMs, passedMs());
  }

  private long passedMs() {
    OptionalLong now = sinceBootMs.get();
    if (now.isPresent() && startSinceBootMs.isPresent()) {
      return now.getAsLong() - startSinceBootMs.getAsLong();
    }
    long byNanos = (clocks.nanos().getAsLong() - startNanos) / NANOS_PER_MS;
    return Math.max(byNanos, clocks.calendar().millis() - startMs);
  }
}
