package org.almoner.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.almoner.ledger.check.EntryWatcher;
import org.almoner.protocol.bytes.Bytes;

/** Tells how far the check of a big log is, and about how long the rest will take. */
final class CheckProgress implements EntryWatcher {
  /** A log with fewer entries is checked before anybody could read a line about it. */
  static final long ENTRIES_MIN = 100_000;

  private static final int EVERY = 4_096;
  private static final long PERCENT_A_MILESTONE = 10;

  private final Terminal terminal;
  private final InstantSource clock;
  private final long size;
  private final Instant start;

  CheckProgress(Terminal terminal, InstantSource clock, long size) {
    this.terminal = terminal;
    this.clock = clock;
    this.size = size;
    this.start = clock.instant();
  }

  @Override
  public void entry(long index, Bytes octets) {
    if (size >= ENTRIES_MIN && index > 0 && index % EVERY == 0) {
      long percent = (long) (100.0 * index / size);
      terminal.progress(line(index, percent), percent / PERCENT_A_MILESTONE);
    }
  }

  private String line(long done, long percent) {
    double spent = Duration.between(start, clock.instant()).toMillis();
    long left = (long) Math.ceil(spent * (size - done) / done / 1_000);
    return String.format(
        Locale.ROOT, "%d %% of %,d entries checked, about %s left", percent, size, span(left));
  }

  private static String span(long seconds) {
    return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
  }
}
