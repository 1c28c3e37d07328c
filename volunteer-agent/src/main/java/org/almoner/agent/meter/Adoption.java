package org.almoner.agent.meter;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this process the heir of what its units leave behind, on Linux, while any runs. For any
 * thread.
 *
 * <p>bubblewrap ends before the first process of its sandbox does, so that nobody in the unit's
 * tree would take that process's account, in which all the unit did stands; it would go to the
 * system's first process. A child subreaper gets such orphans instead: their account waits for it.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html">PR_SET_CHILD_SUBREAPER</a>
 */
final class Adoption {
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int WNOHANG = 1;
  private static final long USAGE_OCTETS = 256;
  private static final int LONG_OCTETS = 8;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MS = 1_000;

  /**
   * Java takes the accounts of processes that it started, within moments. One that waits for longer
   * is an orphan that no unit is known to have had.
   */
  private static final long OURS_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final boolean works;
  private final Sight sight;
  private final Map<Seen.Id, Long> unclaimed = new HashMap<>();
  private int units;

  /**
   * @param linux whether this system has such a thing
   */
  Adoption(boolean linux, Sight sight) {
    this.works = linux && NativeLong.SIZE == LONG_OCTETS;
    this.sight = sight;
  }

  /** A unit begins. */
  synchronized void begin() {
    units++;
    if (works && units == 1) {
      become(1);
    }
  }

  /** A unit has ended and left nothing more. */
  synchronized void end(long nowNanos) {
    if (!works) {
      return;
    }
    bury(nowNanos);
    units--;
    if (units == 0) {
      become(0);
    }
  }

  private static void become(long heir) {
    NativeLong nought = new NativeLong(0);
    try {
      CLibrary.Loaded.C.prctl(PR_SET_CHILD_SUBREAPER, new NativeLong(heir), nought, nought, nought);
    } catch (LastErrorException | UnsatisfiedLinkError e) {
      LOG.atWarn()
          .addKeyValue("reason", e.toString())
          .log("Orphans of units cannot be adopted; their last stretch of processor time is lost");
    }
  }

  /** Orphans of units that were over before they were ever seen would wait here for ever. */
  private void bury(long nowNanos) {
    Set<Seen.Id> waiting = new HashSet<>();
    ProcessHandle.current()
        .children()
        .flatMap(child -> sight.of(child.pid()).stream())
        .filter(Seen::ended)
        .forEach(child -> waiting.add(child.id()));
    unclaimed.keySet().retainAll(waiting);
    for (Seen.Id child : waiting) {
      long since = unclaimed.computeIfAbsent(child, id -> nowNanos);
      if (nowNanos - since > OURS_AFTER_NANOS) {
        take(child.pid());
      }
    }
  }

  /**
   * Takes the account of {@code pid}, which has ended and is not a process that Java started: Java
   * takes those of its own, and must find them.
   *
   * @return user and system time of it and of all whose account it had taken, in milliseconds;
   *     empty when it is not ours to take
   */
  OptionalLong take(long pid) {
    if (!works) {
      return OptionalLong.empty();
    }
    try (Memory usage = new Memory(USAGE_OCTETS)) {
      usage.clear();
      int taken = CLibrary.Loaded.C.wait4(Math.toIntExact(pid), Pointer.NULL, WNOHANG, usage);
      return taken == pid ? OptionalLong.of(cpuMs(usage)) : OptionalLong.empty();
    } catch (LastErrorException e) {
      return OptionalLong.empty();
    }
  }

  /** The structure begins with user and system time, each in seconds and microseconds. */
  private static long cpuMs(Memory usage) {
    long seconds = usage.getLong(0) + usage.getLong(2L * LONG_OCTETS);
    long micros = usage.getLong(LONG_OCTETS) + usage.getLong(3L * LONG_OCTETS);
    return (seconds * MICROS_PER_SECOND + micros) / MICROS_PER_MS;
  }
}
