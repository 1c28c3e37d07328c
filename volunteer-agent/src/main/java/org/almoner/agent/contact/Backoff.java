package org.almoner.agent.contact;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: 1 s, 2 s, 4 s and so on to {@link #LONGEST}, of which
 * the second half is drawn at random, so that a thousand agents do not come back in one moment.
 */
public final class Backoff {
  /** The first wait, before its random half is drawn. */
  public static final Duration FIRST = Duration.ofSeconds(1);

  /** The longest wait of its own accord. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  /** The longest wait a coordinator may ask for. */
  public static final Duration ASKED_MAX = Duration.ofHours(6);

  private static final int DOUBLINGS_MAX = 20;

  private final RandomGenerator random;

  /** Draws from {@code random}. */
  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The wait after {@code failures} in a row, at least 1.
   *
   * @param asked what the coordinator asked for; never undercut, lengthened by up to a quarter
   */
  public Duration after(int failures, Duration asked) {
    long whole =
        Math.min(
            LONGEST.toMillis(),
            FIRST.toMillis() << Math.min(Math.max(failures, 1) - 1, DOUBLINGS_MAX));
    long own = whole / 2 + random.nextLong(whole / 2 + 1);
    long told = Math.min(asked.toMillis(), ASKED_MAX.toMillis());
    long later = told + random.nextLong(told / 4 + 1);
    return Duration.ofMillis(Math.max(own, later));
  }
}
