package org.almoner.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells how far work on a big log is, and about how long the rest will take. */
final class LogProgress {
  /** A log with fewer entries is done before anybody could read a line about it. */
  static final long ENTRIES_MIN = 100_000;

  private static final int EVERY = 4_096;
  private static final long PERCENT_A_MILESTONE = 10;

  private final String done;
  private final Terminal terminal;
  private final InstantSource clock;
  private final long size;
  private final Instant start;

  /**
   * Begins now.
   *
   * @param done what is done to entries, such as "checked"
   */
  LogProgress(String done, Terminal terminal, InstantSource clock, long size) {
    this.done = done;
    this.terminal = terminal;
    this.clock = clock;
    this.size = size;
    this.start = clock.instant();
  }

  /** The work has come to entry {@code index}. */
  void at(long index) {
    if (size >= ENTRIES_MIN && index > 0 && index % EVERY == 0) {
      long percent = (long) (100.0 * index / size);
      terminal.progress(line(index, percent), percent / PERCENT_A_MILESTONE);
    }
  }

  private String line(long index, long percent) {
    double spent = Duration.between(start, clock.instant()).toMillis();
    long left = (long) Math.ceil(spent * (size - index) / index / 1_000);
    return String.format(
        Locale.ROOT, "%d %% of %,d entries %s, about %s left", percent, size, done, span(left));
  }

  private static String span(long seconds) {
    return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
  }
}
