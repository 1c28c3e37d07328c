package org.almoner.agent.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.LastLines;
import org.almoner.protocol.usage.UsageLine;

/**
 * What is reported of a run: the same whether a volunteer's agent or the owner's own computer ran
 * the unit.
 *
 * @param engine what ran it
 * @param exit the guest's code, or {@link UsageLine#EXIT_MAX} when it gave none
 * @param count instructions by the meter's rule; 0 when the unit was stopped from outside
 * @param output digest of its output bundle; of {@link #lastLines} when it failed
 * @param reason why the guest gave no code, one sentence; empty when it gave one
 * @param tail last lines the guest wrote to standard output and error; only those of a unit that
 *     failed are sent
 */
public record Reported(
    Engine engine,
    int exit,
    long count,
    Hash output,
    String reason,
    List<String> tail,
    Measured measured) {
  /** What the line that says why begins with, so that it is told from what the guest printed. */
  static final String WHY = "almoner: ";

  /** Copies the lines. */
  public Reported {
    tail = List.copyOf(tail);
  }

  /**
   * What is reported of {@code outcome}; empty when nothing is, because this computer failed or the
   * unit was stopped. A failure of the unit itself is evidence: it has a code no guest gives.
   */
  public static Optional<Reported> of(RunOutcome outcome, Engine engine) {
    if (outcome instanceof RunOutcome.Finished no && no.exit() != 0) {
      return Optional.of(
          new Reported(
              engine,
              no.exit(),
              no.count(),
              Hash.sha256(lastLines(no.tail(), "").toArray()),
              "",
              no.tail(),
              no.measured()));
    } else if (outcome instanceof RunOutcome.Finished ok) {
      return Optional.of(
          new Reported(engine, ok.exit(), ok.count(), ok.output(), "", ok.tail(), ok.measured()));
    } else if (outcome instanceof RunOutcome.Trapped no) {
      return failed(engine, no.reason(), no.count(), no.tail(), no.measured());
    } else if (outcome instanceof RunOutcome.OutOfMemory no) {
      return failed(engine, no.reason(), no.count(), no.tail(), no.measured());
    } else if (outcome instanceof RunOutcome.TimedOut no) {
      return failed(engine, no.reason(), 0, List.of(), no.measured());
    }
    return Optional.empty();
  }

  private static Optional<Reported> failed(
      Engine engine, String reason, long count, List<String> tail, Measured measured) {
    Hash output = Hash.sha256(lastLines(tail, reason).toArray());
    return Optional.of(
        new Reported(engine, UsageLine.EXIT_MAX, count, output, reason, tail, measured));
  }

  private static Bytes lastLines(List<String> tail, String reason) {
    List<String> lines = new ArrayList<>(tail);
    if (!reason.isEmpty()) {
      lines.add(WHY + reason);
    }
    return LastLines.of(lines).bundle();
  }

  /** The output bundle of a unit that failed; what else it left is of no use to anybody. */
  public Bytes lastLines() {
    return lastLines(tail, reason);
  }

  /**
   * CPU time within {@code cores}. The compiler of a unit's Java machine may have used a processor
   * beside the guest's own; that was never allotted, so it is not claimed.
   */
  public long cpuMs(int cores) {
    return Math.min(measured.cpuMs(), measured.wallMs() * cores);
  }
}
