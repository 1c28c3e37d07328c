package org.almoner.coordinator.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.coordinator.http.route.Refusals;

/**
 * Lets no more requests wait for the writer while answers are late: whoever waited in vain comes
 * back, all are late for ever, and work is done for nobody. For any thread.
 */
final class Lateness {
  /** The part of the longest time for an answer that one may take while more are let in. */
  private static final int PATIENCE_SHARE = 3;

  private final long timeMaxMs;
  private final InstantSource clock;
  private final AtomicInteger waiting = new AtomicInteger();

  /** How long the answer took that came last; those behind it in the queue take about as long. */
  private volatile long lastTookMs;

  /** When it came. */
  private volatile long lastMs;

  Lateness(Duration timeMax, InstantSource clock) {
    this.timeMaxMs = timeMax.toMillis();
    this.clock = clock;
  }

  /**
   * A request begins to wait, since the time that is returned; throws a {@code Refusal} if late.
   */
  long begin() {
    if (isLate()) {
      throw Refusals.busy(
          "answers take " + lastTookMs / 1_000 + " s at the moment; try again a little later");
    }
    waiting.incrementAndGet();
    return clock.millis();
  }

  /** Its answer has come. */
  void end(long sinceMs) {
    lastMs = clock.millis();
    lastTookMs = lastMs - sinceMs;
    waiting.decrementAndGet();
  }

  /** It was refused before it waited. */
  void never() {
    waiting.decrementAndGet();
  }

  /** Nothing is known of the queue when no answer came for so long; then somebody must try. */
  private boolean isLate() {
    return waiting.get() > 0
        && lastTookMs > timeMaxMs / PATIENCE_SHARE
        && clock.millis() - lastMs < timeMaxMs;
  }
}
