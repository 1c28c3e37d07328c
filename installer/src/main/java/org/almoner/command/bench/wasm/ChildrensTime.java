package org.almoner.command.bench.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.command.bench.BenchFailed;

/**
 * Processor time that Linux has booked to this process for those of its children that ended.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5),
 *     cutime and cstime</a>
 */
final class ChildrensTime {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final int USER_FIELD = 16;
  private static final int SYSTEM_FIELD = 17;

  /** The third field is the first behind the name, which may hold blanks. */
  private static final int FIRST_BEHIND_NAME = 3;

  /** Ticks are a hundredth of a second for every program, whatever the kernel counts in. */
  private static final long MS_PER_TICK = 10;

  private ChildrensTime() {}

  static long ms() throws BenchFailed, IOException {
    if (!Files.exists(STAT)) {
      throw new BenchFailed("this measures on Linux only: there is no " + STAT + " here");
    }
    String stat = Files.readString(STAT);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return MS_PER_TICK * (field(fields, USER_FIELD) + field(fields, SYSTEM_FIELD));
  }

  private static long field(String[] fields, int number) {
    return Long.parseLong(fields[number - FIRST_BEHIND_NAME]);
  }
}
