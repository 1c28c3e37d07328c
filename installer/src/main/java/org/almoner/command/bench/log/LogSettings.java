package org.almoner.command.bench.log;

import java.nio.file.Path;
import java.util.List;

/**
 * What load is put on the ledger, and for how long.
 *
 * @param sizes sizes of the log at which phases begin, ascending; it is filled up to each
 * @param rate lines a second in the phases at a fixed rate
 * @param seconds length of each counted interval
 * @param warmup seconds of the same load before it
 * @param witnesses loopback witnesses in the phases that have any; 0 leaves those phases out
 * @param folder where the log's folder is made; what is measured is its disk
 */
public record LogSettings(
    List<Long> sizes, int rate, int seconds, int warmup, int witnesses, Path folder) {
  /** Lines of one report. */
  public static final int LINES_PER_REPORT = 10;

  /** Largest size to begin at. */
  public static final long SIZE_MAX = 100_000_000;

  /** Highest fixed rate, in lines a second. */
  public static final int RATE_MAX = 1_000_000;

  /** Longest interval, in seconds: one hour. */
  public static final int SECONDS_MAX = 3_600;

  /** Most witnesses. */
  public static final int WITNESSES_MAX = 8;

  /** Refuses what cannot be measured, naming the option. */
  public LogSettings {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || !sizes.equals(sizes.stream().sorted().distinct().toList())) {
      throw new IllegalArgumentException("--sizes takes ascending sizes, got " + sizes);
    }
    sizes.forEach(size -> require("--sizes", size, 0, SIZE_MAX));
    require("--rate", rate, LINES_PER_REPORT, RATE_MAX);
    require("--seconds", seconds, 1, SECONDS_MAX);
    require("--warmup", warmup, 0, SECONDS_MAX);
    require("--witnesses", witnesses, 0, WITNESSES_MAX);
  }

  private static void require(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          option + " takes " + min + " to " + max + ", got " + value);
    }
  }
}
