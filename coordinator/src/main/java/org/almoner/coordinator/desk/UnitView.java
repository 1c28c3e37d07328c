package org.almoner.coordinator.desk;

import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;

/**
 * One unit as its owner may see it.
 *
 * @param attempts leases that came back or expired, in order
 */
public record UnitView(long unit, State state, List<Attempt> attempts) {
  /** Copies the list. */
  public UnitView {
    attempts = List.copyOf(attempts);
  }

  /** Where a unit stands. */
  public enum State {
    /** No result is agreed yet. */
    OPEN("open"),
    /** A result is agreed. */
    ACCEPTED("accepted"),
    /** It ended without one. */
    FAILED("failed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As it is written in answers and queries. */
    public String word() {
      return word;
    }
  }

  /** A lease that is over. */
  public sealed interface Attempt {
    /** Its replica number. */
    int replica();

    /** The deadline passed and nothing came. */
    record Expired(int replica) implements Attempt {}

    /**
     * A line was logged.
     *
     * @param outcome {@link Outcome#NONE} while others are waited for
     * @param complete whether every file that was asked for was there
     * @param wallMs 0 when unknown
     * @param memPeakBytes 0 when unknown
     * @param computer what kind of computer ran it
     * @param fault why it is no result although its program ended well, in one sentence that begins
     *     with a file's name; empty when it is one, or when that cannot be told
     * @param tail last lines it printed, of an attempt that failed; none when they were not sent
     */
    record Logged(
        int replica,
        Outcome outcome,
        int exit,
        boolean complete,
        Hash output,
        long count,
        long cpuMs,
        long wallMs,
        long memPeakBytes,
        HostClass computer,
        String fault,
        List<String> tail)
        implements Attempt {
      /** Copies the lines. */
      public Logged {
        tail = List.copyOf(tail);
      }
    }
  }

  /**
   * A kind of computer, coarse on purpose: an owner learns what failed where, and cannot tell one
   * volunteer from another.
   *
   * @param cores the computer's processors, rounded up to a power of two
   * @param memoryGib its memory in GiB, rounded up to a power of two
   */
  public record HostClass(int cores, int memoryGib) {
    private static final long GIBIBYTE = 1L << 30;

    /** The class of a computer. */
    public static HostClass of(int cores, long memoryBytes) {
      long gib = Math.min((memoryBytes + GIBIBYTE - 1) / GIBIBYTE, 1 << 30);
      return new HostClass(upToPowerOfTwo(cores), upToPowerOfTwo((int) gib));
    }

    private static int upToPowerOfTwo(int n) {
      return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }
  }
}
