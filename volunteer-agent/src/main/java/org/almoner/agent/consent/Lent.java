package org.almoner.agent.consent;

import java.util.Optional;
import org.almoner.protocol.lease.Allotment;

/**
 * What one unit may take of this computer, and how many run at a time.
 *
 * @param units units that run at one time, 1 to {@link #UNITS_MAX}
 * @param cores processors for each
 * @param memoryBytes guest memory for each
 * @param diskBytes files for each
 */
public record Lent(int units, int cores, long memoryBytes, long diskBytes) {
  /** Most units at a time. */
  public static final int UNITS_MAX = 64;

  /** Refuses what could run nothing. */
  public Lent {
    require("units at a time", units, 1, UNITS_MAX);
    require("cores", cores, 1, Allotment.CORES_MAX);
    require("octets of memory", memoryBytes, Allotment.PAGE_BYTES, Long.MAX_VALUE);
    require("octets of disk", diskBytes, 0, Long.MAX_VALUE);
  }

  /**
   * Units that run at one time on a computer that was enrolled with so many processors: more would
   * take turns, and their wall times together be more than the processors had.
   */
  public int unitsOn(int processors) {
    return Math.max(1, Math.min(units, processors / cores));
  }

  /** Why a unit does not fit into what is lent, or nothing when it does. */
  public Optional<String> tooSmallFor(Allotment needs) {
    if (needs.cores() > cores) {
      return Optional.of("it needs " + needs.cores() + " cores, lent are " + cores);
    }
    if (needs.memoryBytes() > memoryBytes) {
      return Optional.of(
          "it needs " + needs.memoryBytes() + " octets of memory, lent are " + memoryBytes);
    }
    if (needs.diskBytes() > diskBytes) {
      return Optional.of(
          "it needs " + needs.diskBytes() + " octets of disk, lent are " + diskBytes);
    }
    return Optional.empty();
  }

  private static void require(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": expected " + min + " to " + max + ", got " + value);
    }
  }
}
