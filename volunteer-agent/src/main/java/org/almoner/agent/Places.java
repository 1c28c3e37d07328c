package org.almoner.agent;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The places at which units run, shared among the coordinators this computer lends to: the next one
 * goes to whoever had least time at them and has a unit to run.
 *
 * <p>Time in which a coordinator had nothing to run is not made up for. Who is first among equals
 * is drawn, so that short runs of the agent do not favour anyone.
 */
final class Places {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final List<Share> shares = new ArrayList<>();
  private int free;

  Places(int places, InstantSource clock, RandomGenerator random) {
    this.free = places;
    this.clock = clock;
    this.random = random;
  }

  /** What one coordinator has of the places. */
  final class Share {
    private final Predicate<Share> startOne;
    private final long drawn = random.nextLong();
    private final Map<Object, Long> since = new HashMap<>();
    private long hadMs;
    private boolean waitsForWork = true;

    private Share(Predicate<Share> startOne) {
      this.startOne = startOne;
    }

    /** Notes that {@code unit} takes the place that is offered. */
    void took(Object unit) {
      synchronized (Places.this) {
        since.put(unit, clock.millis());
      }
    }

    /** Gives back the place of {@code unit}; {@link Places#fill} offers it again. */
    void left(Object unit) {
      synchronized (Places.this) {
        Long began = since.remove(unit);
        if (began != null) {
          hadMs += Math.max(0, clock.millis() - began);
          free++;
        }
      }
    }

    private long hadMs() {
      long now = clock.millis();
      return hadMs + since.values().stream().mapToLong(began -> Math.max(0, now - began)).sum();
    }
  }

  /**
   * Lets another coordinator have its share.
   *
   * @param startOne starts one unit if there is one to start, says {@link Share#took} of it, and
   *     returns whether it did
   */
  synchronized Share join(Predicate<Share> startOne) {
    Share share = new Share(startOne);
    shares.add(share);
    return share;
  }

  /** Takes back all its places, and offers it none any more. */
  synchronized void leave(Share share) {
    shares.remove(share);
    free += share.since.size();
    share.since.clear();
  }

  /** Offers the free places; never called by who holds a lock that starting a unit needs. */
  synchronized void fill() {
    while (free > 0 && offer()) {
      free--;
    }
  }

  private boolean offer() {
    Map<Share, Long> had = new HashMap<>();
    shares.forEach(share -> had.put(share, share.hadMs()));
    List<Share> inTurn = new ArrayList<>(shares);
    inTurn.sort(
        Comparator.<Share>comparingLong(share -> had.getOrDefault(share, 0L))
            .thenComparingInt(share -> share.since.size())
            .thenComparingLong(share -> share.drawn));
    for (Share share : inTurn) {
      if (share.startOne.test(share)) {
        if (share.waitsForWork) {
          share.waitsForWork = false;
          share.hadMs = Math.max(share.hadMs, leastOfTheOthers(share));
        }
        return true;
      }
      share.waitsForWork |= share.since.isEmpty();
    }
    return false;
  }

  private long leastOfTheOthers(Share share) {
    return shares.stream()
        .filter(other -> other != share && !other.waitsForWork)
        .mapToLong(Share::hadMs)
        .min()
        .orElse(0);
  }
}
