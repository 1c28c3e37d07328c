package org.almoner.command.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long requests took, counted in buckets that are at most 1/32 wider than they are long. For
 * any thread.
 */
public final class Latencies {
  private static final int STEPS_BITS = 5;
  private static final int STEPS = 1 << STEPS_BITS;
  private static final int BUCKETS = STEPS * (Long.SIZE - STEPS_BITS);

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  /** Counts one. */
  public void add(Duration took) {
    counts.incrementAndGet(bucket(Math.max(0, took.toNanos() / 1_000)));
  }

  /**
   * The time that {@code share} of the requests did not exceed, in milliseconds; 0 when there were
   * none.
   *
   * @param share above 0, at most 1
   */
  public double quantileMs(double share) {
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += counts.get(i);
    }
    long rank = (long) Math.ceil(all * share);
    long passed = 0;
    for (int i = 0; i < BUCKETS && rank > 0; i++) {
      passed += counts.get(i);
      if (passed >= rank) {
        return longest(i) / 1_000.0;
      }
    }
    return 0;
  }

  /** The longest, in milliseconds; 0 when there were none. */
  public double longestMs() {
    return quantileMs(1);
  }

  /** Buckets are single microseconds below {@link #STEPS}, then {@link #STEPS} to each octave. */
  private static int bucket(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int shift = Long.SIZE - 1 - STEPS_BITS - Long.numberOfLeadingZeros(micros);
    return (shift + 1) * STEPS + (int) (micros >>> shift) - STEPS;
  }

  private static long longest(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int shift = bucket / STEPS - 1;
    return ((bucket % STEPS + STEPS + 1L) << shift) - 1;
  }
}
