package org.almoner.coordinator.standing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.intake.DonorLines;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.settlement.Settled;
import org.almoner.coordinator.validation.Rule;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Outcomes;
import org.almoner.ledger.tally.Pace;
import org.almoner.ledger.tally.Tally;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;

/**
 * A donor's lines. What counts is added up by the fold of statements, from the same facts; what is
 * still to count stands apart. For one thread.
 */
final class Sum {
  private static final LocalDate EVER = LocalDate.of(1970, 1, 1);
  private static final LocalDate ALWAYS = LocalDate.of(9999, 12, 31);

  private static final Comparator<Standing.Excluded> OLDEST_FIRST =
      Comparator.comparingLong(Standing.Excluded::leaf);

  private final Batches batches;
  private final long maturityMs;
  private final Set<Rule> rules;
  private final RowStore store;
  private final Map<AgentId, Optional<Agent>> agents = new HashMap<>();
  private final UnitReader units;
  private final Settled settled;
  private final Map<Long, Said> said = new HashMap<>();
  private final Map<LocalDate, Standing.Maturing> maturing = new TreeMap<>();
  private final PriorityQueue<Standing.Excluded> excluded = new PriorityQueue<>(OLDEST_FIRST);
  private long returned;
  private long agreed;
  private long waiting;

  /** What the log says of a line. */
  private record Said(Outcome outcome, boolean isVoid) {
    static final Said NOTHING = new Said(Outcome.NONE, false);
  }

  Sum(RowStore store, Batches batches, long maturityMs, Set<Rule> rules) {
    this.store = store;
    this.rules = rules;
    this.batches = batches;
    this.maturityMs = maturityMs;
    this.units = new UnitReader(store);
    this.settled = new Settled(store);
  }

  void add(DonorLines.Line line) throws IOException {
    Optional<Batch> batch = batches.find(line.lease().batch());
    Optional<Replica> replica = replica(batch, line);
    Said inLog = new Said(settled.outcome(line.leaf()), settled.isVoid(line.leaf()));
    Outcome outcome = outcome(inLog, replica);
    if (inLog.outcome() == Outcome.NONE && outcome.counts() && isDistrusted(line, replica)) {
      outcome = Outcome.DISTRUSTED; // As it will be settled, unless the donor objects in time.
    }
    said.put(line.leaf(), inLog);
    returned++;
    if (outcome == Outcome.NONE) {
      waiting++;
    } else if (outcome.counts() && !inLog.isVoid()) {
      agreed++;
      if (inLog.outcome() == Outcome.NONE) {
        mature(line.receivedMs(), replica.map(r -> r.took().cpuMs()).orElse(0L));
      }
    } else {
      exclude(line, batch.map(b -> b.spec().project()).orElse(""), outcome);
    }
  }

  /**
   * How they stand.
   *
   * @param opened all of them
   * @param paces read to the end of {@code log}
   */
  Standing standing(List<CheckedLine> opened, SettledPaces paces, LogReader log)
      throws IOException {
    List<Standing.Excluded> newestFirst = new ArrayList<>(excluded);
    newestFirst.sort(OLDEST_FIRST.reversed());
    return new Standing(
        returned,
        agreed,
        waiting,
        countedMs(opened, outcomes(paces, log)),
        List.copyOf(maturing.values()),
        newestFirst);
  }

  private static long countedMs(List<CheckedLine> opened, Outcomes outcomes) throws IOException {
    try {
      return Tally.fold(opened, outcomes, EVER, ALWAYS).given().cpu().totalMs();
    } catch (UncheckedIOException e) {
      throw new IOException("the log cannot be read", e);
    } catch (OpeningRejected e) {
      throw new IOException("the donor's lines do not add up: " + e.getMessage(), e);
    }
  }

  private Outcomes outcomes(SettledPaces paces, LogReader log) {
    return new Outcomes() {
      @Override
      public Outcome outcome(long leaf) {
        return said.getOrDefault(leaf, Said.NOTHING).outcome();
      }

      @Override
      public boolean isVoid(long leaf) {
        return said.getOrDefault(leaf, Said.NOTHING).isVoid();
      }

      @Override
      public Optional<Pace> pace(long leaf, Hash release) {
        try {
          return paces.pace(log, leaf, release);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /**
   * The log has the last word; until it has spoken, what was decided when the unit ended. Of a line
   * that was voided, what the unit came to since says why.
   */
  private static Outcome outcome(Said inLog, Optional<Replica> replica) {
    Outcome decided = replica.map(Replica::outcome).orElse(Outcome.NONE);
    boolean revised = inLog.isVoid() && decided != Outcome.NONE && !decided.counts();
    return inLog.outcome() == Outcome.NONE || revised ? decided : inLog.outcome();
  }

  /** Whether the computer of the line was caught since. */
  private boolean isDistrusted(DonorLines.Line line, Optional<Replica> replica) throws IOException {
    return rules.contains(Rule.CAUGHT_LOSES_UNMATURED)
        && replica.isPresent()
        && agent(replica.get().agent()).filter(a -> a.distrustedAt(line.leaf())).isPresent();
  }

  private Optional<Agent> agent(AgentId id) throws IOException {
    Optional<Agent> known = agents.get(id);
    if (known == null) {
      Optional<Bytes> row = store.get(Agent.key(id));
      known = row.isEmpty() ? Optional.empty() : Optional.of(Agent.parse(id, row.get()));
      agents.put(id, known);
    }
    return known;
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
