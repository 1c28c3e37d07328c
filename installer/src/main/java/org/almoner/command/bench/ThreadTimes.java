package org.almoner.command.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processor time that the threads of a process have used, by the families their names show: those
 * that differ only in the number at their end.
 *
 * @param ticks user and system time of each family, in hundredths of a second; nothing where the
 *     system does not tell
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ThreadTimes(SortedMap<String, Long> ticks) {
  /** Milliseconds of a tick: what Linux shows to programs has 100 a second on every machine. */
  private static final int TICK_MS = 10;

  private static final Pattern NUMBERED = Pattern.compile("[^A-Za-z]*\\d[^A-Za-z]*$");

  /** Fields behind the name that stand before the user time. */
  private static final int FIELDS_BEFORE = 12;

  /** Those of the process so far; threads that have ended are not among them. */
  static ThreadTimes of(ProcessHandle process) {
    SortedMap<String, Long> ticks = new TreeMap<>();
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (Files.isDirectory(threads)) {
      try (Stream<Path> each = Files.list(threads)) {
        each.forEach(thread -> add(thread, ticks));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new ThreadTimes(ticks);
  }

  private static void add(Path thread, SortedMap<String, Long> ticks) {
    try {
      String stat = Files.readString(thread.resolve("stat"), StandardCharsets.UTF_8);
      int end = stat.lastIndexOf(')');
      String name = stat.substring(stat.indexOf('(') + 1, end);
      String[] fields = stat.substring(end + 2).split(" ", -1);
      long used = Long.parseLong(fields[FIELDS_BEFORE - 1]) + Long.parseLong(fields[FIELDS_BEFORE]);
      ticks.merge(family(name), used, Long::sum);
    } catch (NoSuchFileException e) {
      return; // The thread ended just now.
    } catch (IOException e) {
      if (Files.exists(thread)) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** "almoner-http(3)" and "almoner-http(4)" are of one family. */
  static String family(String name) {
    String plain = NUMBERED.matcher(name).replaceFirst("");
    return plain.isEmpty() ? name : plain;
  }

  /** Milliseconds of each family since {@code before}, for each of {@code jobs}. */
  SortedMap<String, Double> perJob(ThreadTimes before, long jobs) {
    SortedMap<String, Double> perJob = new TreeMap<>();
    for (Map.Entry<String, Long> family : ticks.entrySet()) {
      long used = family.getValue() - before.ticks.getOrDefault(family.getKey(), 0L);
      perJob.put(family.getKey(), (double) used * TICK_MS / Math.max(1, jobs));
    }
    return perJob;
  }
}
