package org.almoner.agent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the thread that talks to the coordinator when there is something to say. */
final class Wakeup {
  private final Semaphore signals = new Semaphore(0);

  void signal() {
    signals.release();
  }

  /** Returns when signalled since the last call, or when {@code longest} has passed. */
  void await(Duration longest) throws InterruptedException {
    if (signals.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      signals.drainPermits();
    }
  }
}
