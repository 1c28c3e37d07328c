package org.almoner.agent.run.process;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to look at a unit's processes again: often while they are young, then once a second, and
 * whenever they may have used up their share of the processors.
 */
final class Pace {
  /** Until a process has run for so long it is looked at after so long, in milliseconds. */
  private static final long[][] YOUNG = {{60, 20}, {3_000, 100}};

  private static final long STANDARD_MS = 1_000;

  /**
   * And after so long one looks for processes not known yet, which on some systems takes as long as
   * the machine has processes.
   */
  private static final long[][] YOUNG_SEARCH = {{60, 20}, {3_000, 500}};

  private static final long SEARCH_MS = 2_000;

  /**
   * What an engine may use beyond its processors at its start, for its compiler, when its owner
   * asked for no less than all of them.
   */
  private static final long COMPILER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final int ALL_PERCENT = 100;

  private final LongSupplier nanos;
  private final CpuBudget budget;
  private final boolean bounded;
  private long searchDueMs;
  private boolean glances;

  /**
   * @param cores processors the unit may use
   * @param machine processors there are
   * @param percent of the former, what it may use on average
   */
  Pace(int cores, int machine, int percent, LongSupplier nanos) {
    double cpus = Math.min(cores, machine) * percent / (double) ALL_PERCENT;
    this.nanos = nanos;
    this.bounded = cpus < machine;
    this.budget =
        new CpuBudget(
            cpus, machine, percent == ALL_PERCENT ? COMPILER_NANOS : 0, nanos.getAsLong());
  }

  /**
   * Holds or frees the unit as its budget says.
   *
   * @return milliseconds until it is to be looked at again
   */
  long next(long cpuMs, long ranMs, Hold hold) {
    long waitMs = interval(ranMs, YOUNG, STANDARD_MS);
    if (bounded) {
      CpuBudget.Step step = budget.next(nanos.getAsLong(), TimeUnit.MILLISECONDS.toNanos(cpuMs));
      if (step.hold()) {
        hold.add(Hold.Reason.SHARE);
      } else {
        hold.remove(Hold.Reason.SHARE);
      }
      waitMs = Math.min(waitMs, Math.max(1, TimeUnit.NANOSECONDS.toMillis(step.nanos())));
    }
    long nowMs = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    glances = nowMs + waitMs < searchDueMs;
    if (!glances) {
      searchDueMs = nowMs + waitMs + interval(ranMs, YOUNG_SEARCH, SEARCH_MS);
    }
    return waitMs;
  }

  private static long interval(long ranMs, long[][] young, long standardMs) {
    for (long[] age : young) {
      if (ranMs < age[0]) {
        return age[1];
      }
    }
    return standardMs;
  }

  /** Whether a glance at the processes known is enough next time. */
  boolean glances() {
    return glances;
  }
}
