package org.almoner.agent.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Time in which the machine's processors were at work, for whomever, as Linux tells it.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/filesystems/proc.html">/proc/stat</a>
 */
final class BusyTime {
  private static final long MS_PER_TICK = 10;

  /**
   * Columns: user (guests in it), nice, system, idle, waiting for a disk, interrupts of two kinds.
   */
  private static final int[] BUSY = {1, 2, 3, 6, 7};

  private final Path stat;

  BusyTime(Path proc) {
    this.stat = proc.resolve("stat");
  }

  /** Milliseconds of all processors since the machine was started. */
  OptionalLong ms() {
    try {
      String[] columns = Files.readAllLines(stat).get(0).split(" +", -1);
      long ticks = 0;
      for (int column : BUSY) {
        ticks += Long.parseLong(columns[column]);
      }
      return OptionalLong.of(ticks * MS_PER_TICK);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
