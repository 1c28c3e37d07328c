package org.almoner.coordinator.dispatch;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.almoner.coordinator.enrolment.Holder;

/**
 * Who asks for work at present, and who of them may answer for a unit that somebody else has
 * already.
 *
 * <p>Whoever asks most often must not choose what is checked: two computers that act together would
 * always get each other's units. So a unit is open to few at first, drawn by a number that nobody
 * outside knows, and to twice as many after each {@link #WIDER}. Where only few ask, it is open to
 * all of them at once. Kept in memory alone; for the writer's thread.
 */
final class Crowd {
  /** To how many a unit is open at first. */
  static final int FIRST = 8;

  /** After how long it is open to twice as many. */
  static final Duration WIDER = Duration.ofMinutes(15);

  /** How long after asking a holder is counted. */
  static final Duration PRESENT = Duration.ofHours(6);

  /** Most holders counted; of more, the ones that asked last. */
  static final int HOLDERS_MAX = 100_000;

  private final Map<Holder, Long> askedMs = new LinkedHashMap<>(1_024, 0.75f, true);
  private final long key;

  Crowd(RandomGenerator random) {
    this.key = random.nextLong();
  }

  /** A holder asks for work. */
  void asks(Holder holder, long nowMs) {
    askedMs.put(holder, nowMs);
    Iterator<Map.Entry<Holder, Long>> eldest = askedMs.entrySet().iterator();
    boolean more = true;
    while (more && eldest.hasNext()) {
      long sinceMs = nowMs - eldest.next().getValue();
      more = sinceMs > PRESENT.toMillis() || askedMs.size() > HOLDERS_MAX;
      if (more) {
        eldest.remove();
      }
    }
  }

  /** How many have asked lately. */
  int size() {
    return askedMs.size();
  }

  /**
   * Whether {@code holder} may have a replica of a unit that has waited since {@code sinceMs}.
   *
   * @param unit any number that tells the unit from others
   */
  boolean mayHave(Holder holder, long unit, long sinceMs, long nowMs) {
    int crowd = askedMs.size();
    if (crowd <= FIRST) {
      return true;
    }
    long waits = Math.min(30, Math.max(0, nowMs - sinceMs) / WIDER.toMillis());
    double share = (double) FIRST / crowd * (1L << waits);
    if (share >= 1) {
      return true;
    }
    long drawn = mix(key ^ mix(unit ^ mix(holder.hashCode() * 0x9E3779B97F4A7C15L))) >>> 11;
    return drawn * 0x1.0p-53 < share;
  }

  /** The finalizer of SplitMix64: each bit of the input changes about half of the output's. */
  private static long mix(long z) {
    long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }
}
