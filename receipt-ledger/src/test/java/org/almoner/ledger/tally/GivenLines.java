package org.almoner.ledger.tally;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.UsageLine;

/** Lines of one donor and what a log may say of them, for properties of the fold. */
final class GivenLines {
  static final LocalDate FROM = LocalDate.of(2026, 1, 1);
  static final LocalDate TO = LocalDate.of(2026, 12, 31);
  static final long START = Instant.parse("2025-12-20T00:00:00Z").toEpochMilli();
  static final long SPAN_MS = 390L * 86_400_000;
  static final int LEAVES = 400;

  private GivenLines() {}

  /** Says of the lines for which it holds that they were agreed, and nothing of the others. */
  static Outcomes agreed(LongPredicate which) {
    return new Outcomes() {
      @Override
      public Outcome outcome(long leaf) {
        return which.test(leaf) ? Outcome.ACCEPTED : Outcome.NONE;
      }

      @Override
      public boolean isVoid(long leaf) {
        return false;
      }

      @Override
      public Optional<Pace> pace(long leaf, Hash release) {
        return Optional.empty();
      }
    };
  }

  /** Each of its own unit, of three releases, by two agents, below {@link #LEAVES}. */
  static Arbitrary<List<CheckedLine>> lines() {
    Arbitrary<CheckedLine> line =
        Combinators.combine(
                Arbitraries.longs().between(0, LEAVES - 1),
                Arbitraries.longs().between(0, SPAN_MS),
                Arbitraries.longs().between(0, 3_600_000),
                Arbitraries.longs().between(0, 10_000_000_000L))
            .as((leaf, at, cpuMs, count) -> line(leaf, leaf, 0, START + at, cpuMs, count));
    return line.withoutEdgeCases().list().uniqueElements(CheckedLine::leaf).ofMaxSize(40);
  }

  /** Lines of few units, up to four of each. */
  static Arbitrary<List<CheckedLine>> replicas() {
    Arbitrary<CheckedLine> line =
        Combinators.combine(
                Arbitraries.longs().between(0, 60),
                Arbitraries.longs().between(0, SPAN_MS),
                Arbitraries.longs().between(0, 3_600_000))
            .as((leaf, at, ms) -> line(leaf, leaf / 4, (int) (leaf % 4), START + at, ms, 1));
    return line.withoutEdgeCases().list().uniqueElements(CheckedLine::leaf).ofMaxSize(40);
  }

  static CheckedLine line(long leaf, long unit, int replica, long endMs, long cpuMs, long count) {
    Hash any = Hash.sha256(new byte[] {1});
    UsageLine line =
        new UsageLine(
            new LeaseId(BatchId.parseHex("00112233445566aa"), unit, replica),
            any,
            release(leaf % 3),
            "almoner-meter/1",
            endMs - cpuMs,
            endMs,
            cpuMs,
            cpuMs,
            2_000_000,
            1_500_000,
            2_000_000,
            List.of(),
            count,
            any,
            any,
            0,
            List.of(new Energy(cpuMs, leaf % 2 == 0 ? Energy.Tier.M2 : Energy.Tier.M3)));
    AgentId agent = new AgentId(Hash.sha256(new byte[] {2, (byte) (leaf % 2)}));
    return new CheckedLine(leaf, Hash.sha256(Long.toString(leaf).getBytes()), agent, line);
  }

  static Hash release(long number) {
    return Hash.sha256(new byte[] {3, (byte) number});
  }

  /** A log with rates, settlements of every line below {@link #LEAVES} in two parts, and a void. */
  static List<Entry> log(Random random) {
    List<Entry> log = new ArrayList<>();
    log.add(rates(random));
    log.add(settlement(0, LEAVES / 2, random));
    log.add(rates(random));
    log.add(settlement(LEAVES / 2, LEAVES, random));
    return log;
  }

  static Entry rates(Random random) {
    TreeMap<Hash, Long> releases = new TreeMap<>();
    for (int number = 0; number < 2; number++) { // of the third nothing is known
      releases.put(release(number), 1 + (long) random.nextInt(20_000));
    }
    return new Rates(1 + random.nextInt(20_000), releases).entry();
  }

  private static Entry settlement(int from, int to, Random random) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int leaf = from; leaf < to; leaf++) {
      outcomes.add(Outcome.of(random.nextInt(Outcome.values().length)).orElseThrow());
    }
    return new Settlement(from, outcomes).entry();
  }

  static Entry voiding(boolean reinstates, List<Long> leaves) {
    return new Voiding(reinstates, leaves, "host-caught").entry();
  }

  static SettledOutcomes outcomes(List<Entry> log) throws Exception {
    SettledOutcomes outcomes = new SettledOutcomes();
    for (Entry entry : log) {
      outcomes.take(entry);
    }
    return outcomes;
  }
}
