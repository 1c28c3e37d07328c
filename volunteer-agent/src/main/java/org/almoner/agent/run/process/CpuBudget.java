package org.almoner.agent.run.process;

import java.util.concurrent.TimeUnit;

/**
 * Keeps processor time to a share of the time that passes, by saying when to hold a process still
 * and when to let it go on.
 *
 * <p>It looks at what was really used since the beginning, so that its errors do not add up: with
 * each moment there is more to use, and what is used is taken away. Of what is not used at most
 * {@link #SAVED_NANOS} are kept.
 */
final class CpuBudget {
  /** How long it is held still at a time. */
  private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  /** Between two looks at a process that stays within its budget. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** No time shorter than this is worth waiting for. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long SAVED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What to do now.
   *
   * @param hold whether it is to be still
   * @param nanos when to ask again
   */
  record Step(boolean hold, long nanos) {}

  private final double rate;
  private final double fastest;
  private double left;
  private double burning;
  private long usedNanos;
  private long askedNanos;
  private boolean holding;

  /**
   * @param cpus how many processors' time it may use on average
   * @param machine processors of the machine
   * @param startNanos processor time that it may use at once, above the rate
   * @param nowNanos a monotonic clock
   */
  CpuBudget(double cpus, int machine, long startNanos, long nowNanos) {
    this.rate = cpus;
    this.fastest = Math.max(machine, cpus);
    this.left = startNanos;
    this.burning = fastest;
    this.askedNanos = nowNanos;
  }

  /**
   * The next step.
   *
   * @param nowNanos the same clock
   * @param cpuNanos processor time used since the beginning
   */
  Step next(long nowNanos, long cpuNanos) {
    long passed = nowNanos - askedNanos;
    long used = cpuNanos - usedNanos;
    left = Math.min(left + passed * rate - used, Math.max(left, rate * SAVED_NANOS));
    if (!holding && passed > STEP_NANOS) {
      double lately = Math.min(fastest, used / (double) passed);
      burning = Math.max(rate, (burning + lately) / 2);
    }
    askedNanos = nowNanos;
    usedNanos = cpuNanos;
    holding = left < (holding ? rate * HOLD_NANOS : rate * STEP_NANOS);
    return new Step(holding, Math.max(STEP_NANOS, Math.min(LOOK_NANOS, wait(holding))));
  }

  private long wait(boolean hold) {
    if (hold) {
      return (long) ((rate * HOLD_NANOS - left) / rate);
    }
    double sinking = burning - rate;
    return sinking * LOOK_NANOS <= left ? LOOK_NANOS : (long) (left / sinking);
  }
}
