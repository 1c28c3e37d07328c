package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.batch.Estimate;
import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.protocol.lease.BatchId;

/**
 * Batches whose first units are run alone. They end by their results, or by the clock, so that a
 * computer that went away holds up nobody's work for ever.
 */
final class Pilots {
  private final Map<BatchId, Backlog> running = new LinkedHashMap<>();

  /** What a pilot came to. */
  sealed interface Result {
    /** The rest may be leased. */
    record Open(Estimate estimate) implements Result {}

    /** None of its units succeeded. */
    record Failed(StopReason reason) implements Result {}
  }

  /** A batch with a pilot was added or read; others are passed over. */
  void add(Backlog backlog) {
    if (backlog.progress().isPilot() && !backlog.stopped()) {
      running.put(backlog.batch().id(), backlog);
    }
  }

  /** Whether there may be more to lease soon. */
  boolean areRunning() {
    return !running.isEmpty();
  }

  /** Those whose time is over, taken out. */
  List<Backlog> due(long nowMs) {
    List<Backlog> due = new ArrayList<>();
    Iterator<Backlog> all = running.values().iterator();
    while (all.hasNext()) {
      Backlog backlog = all.next();
      long untilMs = backlog.progress().pilotUntilMs();
      if (backlog.stopped() || !backlog.progress().isPilot()) {
        all.remove();
      } else if (untilMs > 0 && untilMs <= nowMs) {
        due.add(backlog);
        all.remove();
      }
    }
    return due;
  }

  /** What the pilot came to, once all its units, which are the first of {@code chunk}, ended. */
  Optional<Result> result(Backlog backlog, Chunk chunk) {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < Progress.PILOT_UNITS; i++) {
      chunk.find(i).filter(Unit::hasEnded).ifPresent(units::add);
    }
    if (units.size() < Progress.PILOT_UNITS) {
      return Optional.empty();
    }
    running.remove(backlog.batch().id());
    List<Estimate> took = new ArrayList<>();
    units.forEach(unit -> unit.took().ifPresent(took::add));
    return Optional.of(
        took.isEmpty()
            ? new Result.Failed(Failing.pilot(backlog.batch().id(), units))
            : new Result.Open(
                new Estimate(
                    median(took.stream().map(Estimate::cpuMs).toList()),
                    median(took.stream().map(Estimate::wallMs).toList()))));
  }

  /** The middle one; of two the larger, so that no lease is made too long for its units. */
  private static long median(List<Long> values) {
    return Math.max(1, values.stream().sorted().toList().get(values.size() / 2));
  }
}
