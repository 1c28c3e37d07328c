package org.almoner.command.bench.receipts;

import java.nio.file.Path;
import java.util.List;

/**
 * How many receipts are made, of how many lines.
 *
 * @param donors donors of a log, where there are entries enough for them
 * @param lines lines of each donor: one log and one measurement for each number
 * @param entries most usage entries in one log; where donors times lines are more there are fewer
 *     donors
 * @param seconds longest counted interval; a receipt that was begun is finished and counted
 * @param warmup seconds in which receipts are made before any is counted
 * @param threads receipts made at one time
 * @param folder where the folders of logs and documents are made
 */
public record ReceiptsSettings(
    int donors,
    List<Integer> lines,
    int entries,
    int seconds,
    int warmup,
    int threads,
    Path folder) {
  /** Most donors. */
  public static final int DONORS_MAX = 100_000;

  /** Most lines of one donor. */
  public static final int LINES_MAX = 100_000;

  /** Most entries of one log. */
  public static final int ENTRIES_MAX = 50_000_000;

  /** Longest interval, in seconds: one day. */
  public static final int SECONDS_MAX = 86_400;

  /** Most threads. */
  public static final int THREADS_MAX = 256;

  /** Refuses what cannot be measured, naming the option. */
  public ReceiptsSettings {
    lines = List.copyOf(lines);
    require("--donors", donors, 1, DONORS_MAX);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("--lines takes numbers of lines such as 12,1000");
    }
    lines.forEach(each -> require("--lines", each, 1, LINES_MAX));
    require("--entries", entries, 1, ENTRIES_MAX);
    require("--seconds", seconds, 1, SECONDS_MAX);
    require("--warmup", warmup, 0, SECONDS_MAX);
    require("--threads", threads, 1, THREADS_MAX);
  }

  /** Donors of the log in which each has so many lines; at least one. */
  public int donors(int linesEach) {
    return Math.max(1, Math.min(donors, entries / linesEach));
  }

  private static void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          option + " takes " + min + " to " + max + ", got " + value);
    }
  }
}
