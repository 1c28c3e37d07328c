package org.almoner.ledger.tally;

import static org.almoner.ledger.tally.GivenLines.FROM;
import static org.almoner.ledger.tally.GivenLines.START;
import static org.almoner.ledger.tally.GivenLines.TO;
import static org.almoner.ledger.tally.GivenLines.agreed;
import static org.almoner.ledger.tally.GivenLines.line;
import static org.almoner.ledger.tally.GivenLines.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.bytes.Hash;

class TallyProperties {
  private static final Outcomes ALL = agreed(leaf -> true);

  @Property(tries = 200)
  void theOrderOfOpeningsDoesNotMatter(@ForAll("lines") List<CheckedLine> lines, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    Outcomes said = outcomes(GivenLines.log(random));
    List<CheckedLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, random);
    assertThat(Tally.fold(shuffled, said, FROM, TO)).isEqualTo(Tally.fold(lines, said, FROM, TO));
  }

  @Property(tries = 100)
  void theOrderOfSettlementsBetweenTwoRatesDoesNotMatter(
      @ForAll("lines") List<CheckedLine> lines, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<Entry> log = GivenLines.log(random);
    Collections.swap(log, 2, 3); // both settlements after the first rates
    List<Entry> other = new ArrayList<>(log);
    Collections.swap(other, 1, 2);
    assertThat(Tally.fold(lines, outcomes(other), FROM, TO))
        .isEqualTo(Tally.fold(lines, outcomes(log), FROM, TO));
  }

  @Property(tries = 100)
  void ratesAfterASettlementChangeNothing(
      @ForAll("lines") List<CheckedLine> lines, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<Entry> log = GivenLines.log(random);
    Tally before = Tally.fold(lines, outcomes(log), FROM, TO);
    log.add(GivenLines.rates(random));
    assertThat(Tally.fold(lines, outcomes(log), FROM, TO)).isEqualTo(before);
  }

  @Property(tries = 20)
  void aYearIsTheSumOfItsDays(@ForAll("lines") List<CheckedLine> lines, @ForAll long seed)
      throws Exception {
    Outcomes said = outcomes(GivenLines.log(new Random(seed)));
    Quantities given = Quantities.NONE;
    long accepted = 0;
    long returned = 0;
    Map<Hash, ReleaseTotal> releases = new TreeMap<>();
    for (LocalDate day = FROM; !day.isAfter(TO); day = day.plusDays(1)) {
      Tally one = Tally.fold(lines, said, day, day);
      given = given.plus(one.given());
      accepted += one.months().stream().mapToLong(MonthTotal::accepted).sum();
      returned += one.months().stream().mapToLong(MonthTotal::returned).sum();
      one.releases().forEach(r -> releases.merge(r.release(), r, ReleaseTotal::plus));
    }
    Tally year = Tally.fold(lines, said, FROM, TO);
    assertThat(given).isEqualTo(year.given());
    assertThat(accepted).isEqualTo(year.months().stream().mapToLong(MonthTotal::accepted).sum());
    assertThat(returned).isEqualTo(year.months().stream().mapToLong(MonthTotal::returned).sum());
    assertThat(List.copyOf(releases.values())).isEqualTo(year.releases());
  }

  @Property(tries = 200)
  void aYearIsTheSumOfItsHalves(@ForAll("lines") List<CheckedLine> lines) throws Exception {
    LocalDate middle = LocalDate.of(2026, 6, 30);
    List<MonthTotal> parts = new ArrayList<>();
    parts.addAll(Tally.fold(lines, ALL, FROM, middle).months());
    parts.addAll(Tally.fold(lines, ALL, middle.plusDays(1), TO).months());
    assertThat(parts).isEqualTo(Tally.fold(lines, ALL, FROM, TO).months());
  }

  @Property(tries = 200)
  void eachLineThatCountsDoesSoInExactlyOneYear(
      @ForAll("lines") List<CheckedLine> lines, @ForAll long seed) throws Exception {
    Outcomes said = outcomes(GivenLines.log(new Random(seed)));
    long accepted = 0;
    for (int year = 2025; year <= 2027; year++) {
      Tally tally = Tally.fold(lines, said, LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
      accepted += tally.months().stream().mapToLong(MonthTotal::accepted).sum();
    }
    assertThat(accepted).isEqualTo(Tally.counting(lines, said).size());
  }

  @Property(tries = 200)
  void whatDoesNotCountAddsNothingButIsReturned(@ForAll("lines") List<CheckedLine> lines)
      throws Exception {
    Tally none = Tally.fold(lines, agreed(leaf -> false), FROM, TO);
    Tally all = Tally.fold(lines, ALL, FROM, TO);
    assertThat(none.months()).allMatch(m -> m.given().equals(Quantities.NONE) && m.accepted() == 0);
    assertThat(none.releases()).isEmpty();
    assertThat(none.months().stream().mapToLong(MonthTotal::returned).sum())
        .isEqualTo(all.months().stream().mapToLong(MonthTotal::accepted).sum());
    long inYear =
        lines.stream().filter(l -> !l.day().isBefore(FROM) && !l.day().isAfter(TO)).count();
    assertThat(all.months().stream().mapToLong(MonthTotal::accepted).sum()).isEqualTo(inYear);
  }

  @Property(tries = 200)
  void tiersAndReleasesSumToTheWhole(@ForAll("lines") List<CheckedLine> lines, @ForAll long seed)
      throws Exception {
    Outcomes said = outcomes(GivenLines.log(new Random(seed)));
    Tally tally = Tally.fold(lines, said, FROM, TO);
    CpuTime byHand = CpuTime.NONE;
    PlausibleTime plausible = new PlausibleTime(lines, said);
    for (CheckedLine line : lines) {
      if (said.counts(line.leaf()) && !line.day().isBefore(FROM) && !line.day().isAfter(TO)) {
        Outcome.Tier tier = said.outcome(line.leaf()).tier().orElseThrow();
        byHand = byHand.plus(CpuTime.of(tier, plausible.cpuMs(line)));
      }
    }
    assertThat(tally.given().cpu()).isEqualTo(byHand);
    assertThat(
            tally.releases().stream()
                .map(ReleaseTotal::given)
                .reduce(Quantities.NONE, Quantities::plus))
        .isEqualTo(tally.given());
    assertThat(byHand.c1() + byHand.c2() + byHand.c3()).isEqualTo(byHand.totalMs());
  }

  @Property(tries = 300)
  void theCapNeverRaisesAndNeverTakesWhatThePlausibleRateAllows(
      @ForAll("lines") List<CheckedLine> lines, @ForAll long seed) throws Exception {
    Outcomes said = outcomes(GivenLines.log(new Random(seed)));
    PlausibleTime plausible = new PlausibleTime(lines, said);
    PlausibleTime withoutStarters = new PlausibleTime(List.of(), said);
    for (CheckedLine line : lines) {
      long ms = plausible.cpuMs(line);
      assertThat(ms).isBetween(0L, line.line().cpuMs());
      assertThat(ms)
          .as("a computer shown to be fast is held to it")
          .isLessThanOrEqualTo(withoutStarters.cpuMs(line));
      if (ms < line.line().cpuMs()) {
        long floor = said.pace(line.leaf(), line.line().release()).orElseThrow().floor();
        assertThat(ms * floor).as("at the floor").isLessThan(line.line().count() + floor);
        Quantities given = Quantities.of(line.line(), Outcome.Tier.C1, ms);
        given.joules().values().forEach(j -> assertThat(j).isBetween(ms, line.line().cpuMs()));
      }
    }
  }

  @Property(tries = 500)
  void aPlausibleRateIsTheFloorOrHalfOfWhatTheStarterUnitsShow(
      @ForAll @LongRange(min = 1, max = Rates.RATE_MAX) long floor,
      @ForAll @LongRange(min = 1, max = Rates.RATE_MAX) long starter,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long own) {
    long rate = new Pace(floor, starter).plausible(own);
    assertThat(rate).isGreaterThanOrEqualTo(floor);
    if (own <= 2 * starter) {
      assertThat(rate).isEqualTo(floor);
    } else if (rate > floor) {
      assertThat(rate * 2.0 * starter).isLessThanOrEqualTo((double) floor * own);
    }
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
    assertThat(Tally.fold(lines, outcomes, FROM, TO)).isEqualTo(Tally.fold(others, ALL, FROM, TO));
  }

  @Property(tries = 100)
  void aLineOpenedTwiceIsRefused(@ForAll("lines") List<CheckedLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    List<CheckedLine> twice = new ArrayList<>(lines);
    twice.add(lines.get(0));
    assertThatThrownBy(() -> Tally.fold(twice, ALL, FROM, TO))
        .isInstanceOf(OpeningRejected.class)
        .hasMessage("entry " + lines.get(0).leaf() + " was opened twice");
  }

  @Property(tries = 100)
  void aVoidRemovesExactlyWhatItNamesAndAReinstatementRestoresIt(
      @ForAll("lines") List<CheckedLine> lines, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<Entry> log = GivenLines.log(random);
    Outcomes before = outcomes(log);
    List<CheckedLine> named =
        lines.stream()
            .filter(line -> before.counts(line.leaf()) && random.nextBoolean())
            .collect(Collectors.toList());
    if (named.isEmpty()) {
      return;
    }
    List<Long> leaves = named.stream().map(CheckedLine::leaf).sorted().toList();
    log.add(GivenLines.voiding(false, leaves));
    Set<Long> left = new HashSet<>(Tally.counting(lines, before));
    left.removeAll(leaves);
    assertThat(Tally.counting(lines, outcomes(log))).isEqualTo(left);
    Tally all = Tally.fold(lines, before, FROM, TO);
    Tally rest = Tally.fold(lines, outcomes(log), FROM, TO);
    Quantities taken = Quantities.NONE;
    PlausibleTime plausible = new PlausibleTime(lines, before);
    for (CheckedLine line : named) {
      if (!line.day().isBefore(FROM) && !line.day().isAfter(TO)) {
        Outcome.Tier tier = before.outcome(line.leaf()).tier().orElseThrow();
        taken = taken.plus(Quantities.of(line.line(), tier, plausible.cpuMs(line)));
      }
    }
    assertThat(rest.given().plus(taken).cpu()).isEqualTo(all.given().cpu());
    log.add(GivenLines.voiding(true, leaves));
    assertThat(Tally.fold(lines, outcomes(log), FROM, TO)).isEqualTo(all);
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
      digits.add(Outcome.of(random.nextInt(Outcome.values().length)).orElseThrow());
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
    long summer = START + GivenLines.SPAN_MS / 2;
    CheckedLine before = line(1, 7, 0, START, 1_000, 1);
    CheckedLine after = line(2, 7, 1, summer, 1_000, 1);
    CheckedLine alone = line(3, 8, 0, summer, 1_000, 1);
    Tally tally = Tally.fold(List.of(before, after, alone), ALL, FROM, TO);
    assertThat(tally.months()).singleElement().matches(m -> m.accepted() == 1 && m.returned() == 2);
    assertThat(tally.given().cpu()).isEqualTo(new CpuTime(1_000, 0, 0));
    assertThat(Tally.counting(List.of(before), ALL)).containsExactly(1L);
  }

  @Example
  void processorTimeBeyondThePlausibleRateIsNotCredited() throws Exception {
    // Leaves 0, 6, 12: release 0, agent 0. Half an hour for 9,000,001 instructions.
    CheckedLine starter = line(6, 6, 0, START, 1_000, 4_000_000);
    CheckedLine padded = line(12, 12, 0, START, 1_800_000, 9_000_001);
    TreeMap<Hash, Long> rates = new TreeMap<>();
    rates.put(GivenLines.release(0), 3_000L);
    SettledOutcomes said = new SettledOutcomes();
    said.take(new Rates(1_000, rates).entry());
    said.take(new Settlement(6, List.of(Outcome.STARTER)).entry());
    said.take(new Settlement(12, List.of(Outcome.ACCEPTED_ALONE)).entry());
    // The floor of 3,000 allows 3,001 ms; a computer of four times the starter rate twice as few.
    assertThat(new PlausibleTime(List.of(padded), said).cpuMs(padded)).isEqualTo(3_001);
    assertThat(new PlausibleTime(List.of(padded, starter), said).cpuMs(padded)).isEqualTo(1_501);
    LocalDate day = LocalDate.of(2025, 12, 20);
    Quantities given = Tally.fold(List.of(padded, starter), said, day, day).given();
    assertThat(given.cpu()).isEqualTo(new CpuTime(0, 0, 1_501));
    assertThat(given.joules().values()).containsExactly(1_501L);
  }

  @Example
  void nothingIsCappedWhereNoInstructionsWereCounted() throws Exception {
    CheckedLine line = line(12, 12, 0, START, 1_800_000, 0);
    TreeMap<Hash, Long> rates = new TreeMap<>();
    rates.put(GivenLines.release(0), 3_000L);
    SettledOutcomes said = new SettledOutcomes();
    said.take(new Rates(1_000, rates).entry());
    said.take(new Settlement(12, List.of(Outcome.ACCEPTED_OUTPUT)).entry());
    assertThat(new PlausibleTime(List.of(line), said).cpuMs(line)).isEqualTo(1_800_000);
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
    return GivenLines.lines();
  }

  @Provide
  Arbitrary<List<CheckedLine>> replicas() {
    return GivenLines.replicas();
  }
}
