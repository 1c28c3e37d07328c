package org.almoner.agent.run.process;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time in which a process could run: while it is held still, and while the machine sleeps, it does
 * not pass. For any thread.
 *
 * <p>Monotonic clocks stand still in sleep on some systems and go on in others, and the agent
 * itself may be stopped. So when its owner comes back much later than it meant to, the time between
 * counts only as far as processor time was used in it.
 */
final class Stopwatch {
  /** A busy machine lets a thread wait for seconds; beyond this it was no business. */
  private static final long LATE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

  private final LongSupplier nanos;
  private long ranNanos;
  private long since;
  private boolean held;

  /** Starts. */
  Stopwatch(LongSupplier nanos) {
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /** Time runs no more. */
  synchronized void hold() {
    ranNanos = ranNanos();
    held = true;
  }

  /** Time runs on. */
  synchronized void free() {
    since = nanos.getAsLong();
    held = false;
  }

  /**
   * Its owner looks, having meant to wait for {@code meantMs} since the last look.
   *
   * @param usedMs processor time used between the two
   */
  synchronized void look(long meantMs, long usedMs) {
    if (held) {
      return;
    }
    long now = nanos.getAsLong();
    long late = now - since - TimeUnit.MILLISECONDS.toNanos(meantMs);
    long slept =
        late > LATE_NANOS_MAX ? Math.max(0, late - TimeUnit.MILLISECONDS.toNanos(usedMs)) : 0;
    ranNanos += now - since - slept;
    since = now;
  }

  /** Time that has passed so far, in nanoseconds. */
  synchronized long ranNanos() {
    return held ? ranNanos : ranNanos + nanos.getAsLong() - since;
  }

  long ranMs() {
    return TimeUnit.NANOSECONDS.toMillis(ranNanos());
  }
}
