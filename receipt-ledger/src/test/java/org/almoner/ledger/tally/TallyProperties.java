package org.almoner.ledger.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.UsageLine;

class TallyProperties {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
  private static final LocalDate TO = LocalDate.of(2026, 12, 31);
  private static final long YEAR_START = Instant.parse("2025-12-20T00:00:00Z").toEpochMilli();
  private static final long SPAN_MS = 390L * 86_400_000;

  @Property(tries = 200)
  void theOrderOfOpeningsDoesNotMatter(@ForAll("lines") List<CheckedLine> lines, @ForAll long seed)
      throws Exception {
    Outcomes even = leaf -> leaf % 2 == 0;
    List<CheckedLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(Tally.fold(shuffled, even, FROM, TO)).isEqualTo(Tally.fold(lines, even, FROM, TO));
  }

  @Property(tries = 200)
  void aYearIsTheSumOfItsParts(@ForAll("lines") List<CheckedLine> lines) throws Exception {
    Outcomes all = leaf -> true;
    LocalDate middle = LocalDate.of(2026, 6, 30);
    List<MonthTotal> parts = new ArrayList<>();
    parts.addAll(Tally.fold(lines, all, FROM, middle).months());
    parts.addAll(Tally.fold(lines, all, middle.plusDays(1), TO).months());
    assertThat(parts).isEqualTo(Tally.fold(lines, all, FROM, TO).months());
  }

  @Property(tries = 200)
  void whatDoesNotCountAddsNothingButIsReturned(@ForAll("lines") List<CheckedLine> lines)
      throws Exception {
    Tally none = Tally.fold(lines, leaf -> false, FROM, TO);
    Tally all = Tally.fold(lines, leaf -> true, FROM, TO);
    assertThat(none.months()).allMatch(m -> m.given().equals(Quantities.NONE) && m.accepted() == 0);
    assertThat(none.months().stream().mapToLong(MonthTotal::returned).sum())
        .isEqualTo(all.months().stream().mapToLong(MonthTotal::accepted).sum());
    long inYear =
        lines.stream().filter(l -> !l.day().isBefore(FROM) && !l.day().isAfter(TO)).count();
    assertThat(all.months().stream().mapToLong(MonthTotal::accepted).sum()).isEqualTo(inYear);
  }

  @Property(tries = 100)
  void rightAnswersOfStarterUnitsAreAsIfTheyWereNotThere(@ForAll("lines") List<CheckedLine> lines)
      throws Exception {
    SettledOutcomes outcomes = new SettledOutcomes();
    List<CheckedLine> others = new ArrayList<>();
    for (CheckedLine line : lines) {
      boolean starter = line.leaf() % 3 == 0;
      Outcome outcome = starter ? Outcome.STARTER : Outcome.ACCEPTED;
      outcomes.take(new Settlement(line.leaf(), List.of(outcome)).entry());
      if (!starter) {
        others.add(line);
      }
    }
    assertThat(Tally.fold(lines, outcomes, FROM, TO))
        .isEqualTo(Tally.fold(others, leaf -> true, FROM, TO));
  }

  @Property(tries = 100)
  void aLineOpenedTwiceIsRefused(@ForAll("lines") List<CheckedLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    List<CheckedLine> twice = new ArrayList<>(lines);
    twice.add(lines.get(0));
    assertThatThrownBy(() -> Tally.fold(twice, leaf -> true, FROM, TO))
        .isInstanceOf(OpeningRejected.class)
        .hasMessage("entry " + lines.get(0).leaf() + " was opened twice");
  }

  @Property(tries = 40)
  void aVoidRemovesExactlyWhatItNamesAndAReinstatementRestoresIt(@ForAll Set<Short> named)
      throws Exception {
    List<Long> leaves =
        named.stream().map(s -> (long) s + 32_768).sorted().collect(Collectors.toList());
    if (leaves.isEmpty()) {
      return;
    }
    SettledOutcomes outcomes = new SettledOutcomes();
    for (long from = 0; from < 65_536; from += Settlement.LEAVES_MAX) {
      outcomes.take(
          new Settlement(from, Collections.nCopies(Settlement.LEAVES_MAX, Outcome.ACCEPTED))
              .entry());
    }
    outcomes.take(new Voiding(false, leaves, "host-caught").entry());
    for (long leaf = 0; leaf < 65_536; leaf += 97) {
      assertThat(outcomes.counts(leaf)).isEqualTo(!leaves.contains(leaf));
    }
    assertThat(leaves).noneMatch(outcomes::counts);
    outcomes.take(new Voiding(true, leaves, "appeal-granted").entry());
    assertThat(leaves).allMatch(outcomes::counts);
  }

  @Property(tries = 300)
  void ofOneUnitEitherOneAgreedLineCountsOrNone(
      @ForAll("replicas") List<CheckedLine> lines,
      @ForAll Set<@IntRange(max = 60) Integer> voided,
      @ForAll long seed)
      throws Exception {
    SettledOutcomes outcomes = new SettledOutcomes();
    List<Outcome> digits = new ArrayList<>();
    Random random = new Random(seed);
    for (int leaf = 0; leaf <= 60; leaf++) {
      digits.add(Outcome.of(random.nextInt(10)).orElseThrow());
    }
    outcomes.take(new Settlement(0, digits).entry());
    List<Long> named = voided.stream().map(Integer::longValue).sorted().toList();
    if (!named.isEmpty()) {
      outcomes.take(new Voiding(false, named, "host-caught").entry());
    }
    Set<Long> counting = Tally.counting(lines, outcomes);
    for (CheckedLine line : lines) {
      boolean other =
          lines.stream()
              .filter(l -> l.leaf() != line.leaf() && l.unit().equals(line.unit()))
              .anyMatch(l -> outcomes.agreed(l.leaf()));
      assertThat(counting.contains(line.leaf())).isEqualTo(outcomes.counts(line.leaf()) && !other);
    }
    List<CheckedLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, random);
    assertThat(Tally.fold(shuffled, outcomes, FROM, TO))
        .isEqualTo(Tally.fold(lines, outcomes, FROM, TO));
  }

  @Example
  void twoAgreedLinesOfOneUnitDoNotCountThoughTheyLieInTwoYears() throws Exception {
    CheckedLine before = line(1, 7, 0, YEAR_START, 1_000);
    CheckedLine after = line(2, 7, 1, YEAR_START + SPAN_MS / 2, 1_000);
    CheckedLine alone = line(3, 8, 0, YEAR_START + SPAN_MS / 2, 1_000);
    Tally tally = Tally.fold(List.of(before, after, alone), leaf -> true, FROM, TO);
    assertThat(tally.months()).singleElement().matches(m -> m.accepted() == 1 && m.returned() == 2);
    assertThat(tally.months().get(0).given().cpuMs()).isEqualTo(1_000);
    assertThat(Tally.counting(List.of(before), leaf -> true)).containsExactly(1L);
  }

  @Example
  void aLineSettledTwiceIsRefused() throws Exception {
    SettledOutcomes outcomes = new SettledOutcomes();
    outcomes.take(new Settlement(3, List.of(Outcome.NONE, Outcome.ACCEPTED)).entry());
    outcomes.take(new Settlement(3, List.of(Outcome.FAILED, Outcome.NONE)).entry());
    assertThat(outcomes.outcome(3)).isEqualTo(Outcome.FAILED);
    assertThatThrownBy(
            () -> outcomes.take(new Settlement(4, List.of(Outcome.OUTPUT_DISAGREED)).entry()))
        .isInstanceOf(OpeningRejected.class)
        .hasMessage("entry 4 was settled twice");
  }

  @Provide
  Arbitrary<List<CheckedLine>> lines() {
    Arbitrary<CheckedLine> line =
        Combinators.combine(
                Arbitraries.longs().between(0, 100_000),
                Arbitraries.longs().between(0, SPAN_MS),
                Arbitraries.longs().between(0, 3_600_000))
            .as((leaf, at, cpu) -> line(leaf, YEAR_START + at, cpu));
    return line.list().uniqueElements(CheckedLine::leaf).ofMaxSize(40);
  }

  /** Lines of few units, up to four of each. */
  @Provide
  Arbitrary<List<CheckedLine>> replicas() {
    Arbitrary<CheckedLine> line =
        Combinators.combine(
                Arbitraries.longs().between(0, 60),
                Arbitraries.longs().between(0, SPAN_MS),
                Arbitraries.longs().between(0, 3_600_000))
            .as((leaf, at, cpu) -> line(leaf, leaf / 4, (int) (leaf % 4), YEAR_START + at, cpu));
    return line.list().uniqueElements(CheckedLine::leaf).ofMaxSize(40);
  }

  private static CheckedLine line(long leaf, long endMs, long cpuMs) {
    return line(leaf, leaf, 0, endMs, cpuMs);
  }

  private static CheckedLine line(long leaf, long unit, int replica, long endMs, long cpuMs) {
    Hash any = Hash.sha256(new byte[] {1});
    UsageLine line =
        new UsageLine(
            new LeaseId(BatchId.parseHex("00112233445566aa"), unit, replica),
            any,
            any,
            "almoner-meter/1",
            endMs - cpuMs,
            endMs,
            cpuMs,
            cpuMs,
            2_000_000,
            1_500_000,
            2_000_000,
            List.of(),
            1,
            any,
            any,
            0,
            List.of(new Energy(cpuMs, leaf % 2 == 0 ? Energy.Tier.M2 : Energy.Tier.M3)));
    return new CheckedLine(
        leaf, Hash.sha256(Long.toString(leaf).getBytes()), new AgentId(any), line);
  }
}
