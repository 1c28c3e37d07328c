package org.almoner.coordinator.standing;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.intake.DonorLines;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.settlement.Settled;
import org.almoner.ledger.entry.Outcome;

/** A donor's lines, added up one after the other. For one thread. */
final class Sum {
  private static final Comparator<Standing.Excluded> OLDEST_FIRST =
      Comparator.comparingLong(Standing.Excluded::leaf);

  private final Batches batches;
  private final long maturityMs;
  private final UnitReader units;
  private final Settled settled;
  private final Map<LocalDate, Standing.Maturing> maturing = new TreeMap<>();
  private final PriorityQueue<Standing.Excluded> excluded = new PriorityQueue<>(OLDEST_FIRST);
  private long returned;
  private long agreed;
  private long waiting;
  private long countedMs;

  Sum(RowStore store, Batches batches, long maturityMs) {
    this.batches = batches;
    this.maturityMs = maturityMs;
    this.units = new UnitReader(store);
    this.settled = new Settled(store);
  }

  void add(DonorLines.Line line) throws IOException {
    Optional<Batch> batch = batches.find(line.lease().batch());
    Optional<Replica> replica = replica(batch, line);
    Outcome inLog = settled.outcome(line.leaf());
    Outcome outcome = outcome(inLog, replica);
    returned++;
    switch (outcome) {
      case NONE -> waiting++;
      case ACCEPTED -> {
        agreed++;
        long cpuMs = replica.map(r -> r.took().cpuMs()).orElse(0L);
        if (inLog == Outcome.ACCEPTED) {
          countedMs = Math.addExact(countedMs, cpuMs);
        } else {
          mature(line.receivedMs(), cpuMs);
        }
      }
      default -> exclude(line, batch.map(b -> b.spec().project()).orElse(""), outcome);
    }
  }

  Standing standing() {
    List<Standing.Excluded> newestFirst = new ArrayList<>(excluded);
    newestFirst.sort(OLDEST_FIRST.reversed());
    return new Standing(
        returned, agreed, waiting, countedMs, List.copyOf(maturing.values()), newestFirst);
  }

  /** The log has the last word; until it has spoken, what was decided when the unit ended. */
  private static Outcome outcome(Outcome inLog, Optional<Replica> replica) {
    return inLog != Outcome.NONE ? inLog : replica.map(Replica::outcome).orElse(Outcome.NONE);
  }

  private Optional<Replica> replica(Optional<Batch> batch, DonorLines.Line line)
      throws IOException {
    return batch.isEmpty()
        ? Optional.empty()
        : units
            .find(batch.get(), line.lease().unit())
            .flatMap(unit -> unit.replica(line.lease().replica()));
  }

  private void mature(long receivedMs, long cpuMs) {
    LocalDate day =
        LocalDate.ofInstant(Instant.ofEpochMilli(receivedMs + maturityMs), ZoneOffset.UTC);
    maturing.merge(
        day,
        new Standing.Maturing(day, 1, cpuMs),
        (a, b) ->
            new Standing.Maturing(day, a.lines() + b.lines(), Math.addExact(a.cpuMs(), b.cpuMs())));
  }

  private void exclude(DonorLines.Line line, String project, Outcome outcome) {
    excluded.add(new Standing.Excluded(line.lease(), project, line.leaf(), outcome));
    if (excluded.size() > Standing.EXCLUDED_MAX) {
      excluded.poll();
    }
  }
}
