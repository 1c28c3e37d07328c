package org.almoner.coordinator.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.almoner.coordinator.enrolment.MachineTime;
import org.almoner.protocol.usage.UsageLine;

/** What the lines of a report may state together, given their agent's machine: pure rules. */
final class MachineRules {
  /**
   * A line and the processors it kept from others.
   *
   * @param cores processors granted to it, at most those of the machine
   */
  record Share(UsageLine line, int cores) {
    long tookMs() {
      return line.wallMs() * cores;
    }

    /** When it ran at the latest it can have begun, within what clocks may differ. */
    private long beginMs() {
      return line.endMs() - line.wallMs() + LineRules.STEP_TOLERANCE_MS;
    }
  }

  /** Processors that are taken or given back at a moment. */
  private record Turn(long atMs, int cores, UsageLine line) {
    /** What ends makes room for what begins in the same millisecond. */
    private static final Comparator<Turn> ORDER =
        Comparator.comparingLong(Turn::atMs).thenComparingInt(Turn::cores);
  }

  private MachineRules() {}

  /** The lines must not have run at the same time on more processors than there are. */
  static void checkOverlap(List<Share> shares, int machineCores) {
    List<Turn> turns = new ArrayList<>();
    for (Share share : shares) {
      if (share.beginMs() < share.line().endMs()) {
        turns.add(new Turn(share.beginMs(), share.cores(), share.line()));
        turns.add(new Turn(share.line().endMs(), -share.cores(), share.line()));
      }
    }
    turns.sort(Turn.ORDER);
    int taken = 0;
    for (Turn turn : turns) {
      taken += turn.cores();
      if (taken > machineCores) {
        throw Refusals.implausible(
            turn.line().lease(),
            "leases-overlap",
            "More at one time than the machine has",
            "that it ran from "
                + (turn.line().endMs() - turn.line().wallMs())
                + " to "
                + turn.line().endMs()
                + "; with the other lines of the report that takes "
                + taken
                + " processors at one time, and the machine was enrolled with "
                + machineCores
                + ": leave it out");
      }
    }
  }

  /**
   * The lines must not take more time than the machine's processors can have given.
   *
   * @param sinceMs when the oldest lease in hand was issued
   * @return the account after them
   */
  static MachineTime draw(
      MachineTime account, int machineCores, long sinceMs, long nowMs, List<Share> shares) {
    long free = account.free(machineCores, sinceMs, nowMs);
    long took = 0;
    long tolerated = 0;
    for (Share share : shares) {
      tolerated += LineRules.STEP_TOLERANCE_MS * share.cores();
      took += share.tookMs();
      if (took > free + tolerated) {
        throw Refusals.implausible(
            share.line().lease(),
            "time-beyond-machine",
            "More time than the machine had",
            "wallMs "
                + share.line().wallMs()
                + " on "
                + share.cores()
                + " granted cores; with the lines before it that is "
                + took
                + " ms of processors, and "
                + machineCores
                + " enrolled ones had "
                + free
                + " ms free since its oldest lease was issued: leave it out");
      }
    }
    return account.take(machineCores, sinceMs, nowMs, took);
  }
}
