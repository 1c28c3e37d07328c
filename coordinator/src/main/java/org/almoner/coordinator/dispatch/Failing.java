package org.almoner.coordinator.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.BatchId;

/** Says in one sentence why a batch whose units keep failing is stopped. */
final class Failing {
  private Failing() {}

  /** No unit of the pilot succeeded. */
  static StopReason pilot(BatchId batch, List<Unit> units) {
    TreeSet<String> ways = new TreeSet<>();
    units.forEach(unit -> ways.add(way(unit)));
    return because(
        batch, "all " + units.size() + " units of the pilot failed, " + String.join(" or ", ways));
  }

  /**
   * More than half of the newest units failed.
   *
   * @param newest the last of them
   */
  static StopReason newest(BatchId batch, int failed, int of, Unit newest) {
    return because(
        batch, failed + " of the last " + of + " units failed, the newest " + way(newest));
  }

  private static StopReason because(BatchId batch, String what) {
    return StopReason.failing(
        what + "; 'almoner workload logs " + batch.toHex() + "' shows each attempt");
  }

  private static String way(Unit unit) {
    Optional<Integer> exit =
        unit.replicas().stream()
            .filter(replica -> replica.outcome() == Outcome.FAILED)
            .findFirst()
            .flatMap(Replica::answer)
            .map(answer -> answer.exit());
    if (exit.isEmpty()) {
      return "without two computers that came to the same";
    }
    return switch (exit.get()) {
      case 0 -> "without the files they must leave";
      case 256 -> "stopped at a limit or trapped (exit code 256)";
      default -> "with exit code " + exit.get();
    };
  }
}
