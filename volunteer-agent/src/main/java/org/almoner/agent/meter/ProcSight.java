package org.almoner.agent.meter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Processes as Linux tells of them, read here: OSHI takes longer for one process than this for a
 * tree.
 *
 * <p>Octets on disk are those that went through the block layer ({@code read_bytes}, {@code
 * write_bytes} without what was cancelled): what a page cache answered, a pipe or a folder in
 * memory is none of a disk's.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/filesystems/proc.html">The /proc
 *     Filesystem</a>
 */
final class ProcSight implements Sight {
  /** {@code USER_HZ} is 100 on every system that Linux runs this program on. */
  private static final long MS_PER_TICK = 10;

  private static final long BYTES_PER_KIB = 1024;

  /** Fields of {@code stat} behind the name, the first of which is number 3 in the manual. */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int WAITED_USER = 13;
  private static final int WAITED_SYSTEM = 14;
  private static final int BORN = 19;

  private final Path proc;

  /** Reads below {@code proc}, which is {@code /proc} but for tests. */
  ProcSight(Path proc) {
    this.proc = proc;
  }

  @Override
  public Optional<Seen> of(long pid) {
    Path process = proc.resolve(Long.toString(pid));
    try {
      String stat = text(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
      String status = ended ? "" : text(process.resolve("status"));
      long resident = number(status, "VmRSS:") * BYTES_PER_KIB;
      return Optional.of(
          new Seen(
              pid,
              Long.parseLong(fields[BORN]),
              Long.parseLong(fields[PARENT]),
              ended,
              ms(fields, USER, SYSTEM),
              ms(fields, WAITED_USER, WAITED_SYSTEM),
              resident,
              Math.max(resident, number(status, "VmHWM:") * BYTES_PER_KIB),
              number(status, "VmPTE:") * BYTES_PER_KIB,
              io(process)));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty(); // It ended while it was read.
    }
  }

  @Override
  public OptionalLong sharedOutBytes(long pid) {
    try {
      String rollup = text(proc.resolve(pid + "/smaps_rollup"));
      return OptionalLong.of(number(rollup, "\nPss:") * BYTES_PER_KIB);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static long ms(String[] fields, int user, int system) {
    return MS_PER_TICK * (Long.parseLong(fields[user]) + Long.parseLong(fields[system]));
  }

  private static Seen.Io io(Path process) {
    try {
      String io = text(process.resolve("io"));
      long written = number(io, "\nwrite_bytes:") - number(io, "cancelled_write_bytes:");
      return new Seen.Io(true, number(io, "\nread_bytes:"), Math.max(0, written));
    } catch (IOException e) {
      return Seen.Io.UNKNOWN; // Somebody else's, or one that may not be looked into.
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  /** The number behind {@code name}; 0 when there is none, as for memory of one that has ended. */
  private static long number(String text, String name) {
    int at = text.indexOf(name);
    if (at < 0) {
      return 0;
    }
    int begin = at + name.length();
    while (begin < text.length() && (text.charAt(begin) == ' ' || text.charAt(begin) == '\t')) {
      begin++;
    }
    int end = begin;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == begin ? 0 : Long.parseLong(text.substring(begin, end));
  }
}
