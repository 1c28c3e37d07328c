package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.standing.Standings;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandingTests {
  private static final long LINE_MS = 800;
  private static final LocalDate TOMORROW = LocalDate.of(2026, 11, 21);

  private final Bench bench = new Bench();
  private StubAgent honest;
  private StubAgent other;
  private DonorId donor;

  @BeforeEach
  void open() {
    bench.open().approveOwner();
    honest = bench.agent(11);
    other = bench.agent(12);
    donor = bench.link(honest);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aDonorWhoGaveNothingYetHasNothing() {
    assertThat(standing()).isEqualTo(new Standing(0, 0, 0, 0, List.of(), List.of()));
  }

  @Test
  void aLineWaitsIsAgreedMaturesAndCounts() {
    bench.submit(2);
    StubAgent.Granted granted = honest.lease(bench.desk(), 2);
    StubAgent.Granted twin = other.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(1));
    honest.send(bench.desk(), honest.honest(granted));
    assertThat(standing()).isEqualTo(new Standing(2, 0, 2, 0, List.of(), List.of()));

    other.send(bench.desk(), other.honest(twin));
    assertThat(standing())
        .isEqualTo(
            new Standing(
                2, 2, 0, 0, List.of(new Standing.Maturing(TOMORROW, 2, 2 * LINE_MS)), List.of()));

    bench.clock.pass(Duration.ofDays(1));
    assertThat(standing().countedMs()).as("not before the log says so").isZero();
    bench.desk().settle().join();
    assertThat(standing()).isEqualTo(new Standing(2, 2, 0, 2 * LINE_MS, List.of(), List.of()));
    bench.reopen();
    assertThat(standing()).isEqualTo(new Standing(2, 2, 0, 2 * LINE_MS, List.of(), List.of()));
  }

  @Test
  void aLineThatWasOutvotedIsListedWithItsReason() {
    bench.submit(1);
    StubAgent third = bench.agent(13);
    StubAgent.Granted wrong = honest.lease(bench.desk(), 1);
    StubAgent.Granted right = other.lease(bench.desk(), 1);
    Lease lease = wrong.lease(0);
    bench.clock.pass(Duration.ofSeconds(1));
    honest.send(
        bench.desk(),
        honest.report(List.of(honest.line(wrong, lease, "lie", 5, 0)), List.of("lie")));
    other.send(bench.desk(), other.honest(right));
    StubAgent.Granted last = third.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    third.send(bench.desk(), third.honest(last));
    Standing before = standing();
    assertThat(before.agreed()).isZero();
    assertThat(before.excluded())
        .containsExactly(
            new Standing.Excluded(lease.id(), "adder", firstUsageLeaf(), Outcome.OUTPUT_DISAGREED));
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
    assertThat(standing()).isEqualTo(before);
  }

  @Test
  void whatEachLineIsWorthIsWhatTheLogSettled() {
    bench.submit(8);
    for (int round = 0; round < 4; round++) {
      StubAgent.Granted granted = honest.lease(bench.desk(), 2);
      StubAgent.Granted twin = other.lease(bench.desk(), 2);
      bench.clock.pass(Duration.ofSeconds(1));
      honest.send(bench.desk(), honest.honest(granted));
      other.send(bench.desk(), other.honest(twin));
      bench.clock.pass(Duration.ofHours(9));
      bench.desk().settle().join();
    }
    bench.clock.pass(Standings.FRESH);
    List<Entry> entries = bench.entries();
    long settled =
        bench.desk().openings(donor).stream()
            .filter(line -> Bench.outcome(entries, line.leaf()) == Outcome.ACCEPTED)
            .count();
    Standing standing = standing();
    assertThat(settled).isBetween(1L, 7L);
    assertThat(standing.countedMs()).isEqualTo(settled * LINE_MS);
    assertThat(standing.maturing().stream().mapToLong(Standing.Maturing::lines).sum())
        .isEqualTo(8 - settled);
    assertThat(standing.maturing()).extracting(Standing.Maturing::day).isSorted();
  }

  @Test
  void anotherDonorsLinesAreNotAmongThem() {
    DonorId stranger = bench.link(other);
    bench.submit(1);
    StubAgent.Granted granted = other.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    other.send(bench.desk(), other.honest(granted));
    assertThat(standing().returned()).isZero();
    assertThat(bench.desk().standing(stranger).returned()).isEqualTo(1);
  }

  @Test
  void anAnswerIsGivenAgainForAWhile() {
    bench.submit(1);
    StubAgent.Granted granted = honest.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    Standing before = bench.desk().standing(donor);
    honest.send(bench.desk(), honest.honest(granted));
    assertThat(bench.desk().standing(donor)).isSameAs(before);
    assertThat(standing().returned()).isEqualTo(1);
  }

  @Test
  void theListOfWhatNeverCountsIsBoundedAndNewestFirst() {
    int lines = Standing.EXCLUDED_MAX + 8;
    bench.submit(lines);
    StubAgent third = bench.agent(13);
    for (int done = 0; done < lines; done += 12) {
      StubAgent.Granted wrong = honest.lease(bench.desk(), 12);
      StubAgent.Granted right = other.lease(bench.desk(), 12);
      bench.clock.pass(Duration.ofSeconds(1));
      honest.send(bench.desk(), honest.honest(wrong, line -> StubAgent.counting(line, 7)));
      other.send(bench.desk(), other.honest(right));
      StubAgent.Granted last = third.lease(bench.desk(), 12);
      bench.clock.pass(Duration.ofSeconds(1));
      third.send(bench.desk(), third.honest(last));
    }
    Standing standing = standing();
    assertThat(standing.returned()).isEqualTo(lines);
    assertThat(standing.excluded())
        .hasSize(Standing.EXCLUDED_MAX)
        .allMatch(line -> line.outcome() == Outcome.COUNT_DISAGREED);
    assertThat(standing.excluded())
        .extracting(Standing.Excluded::leaf)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(standing.excluded())
        .extracting(Standing.Excluded::lease)
        .extracting(LeaseId::unit)
        .contains((long) lines - 1)
        .doesNotContain(0L);
  }

  /** As it stands now, not as it was told a moment ago. */
  private Standing standing() {
    bench.clock.pass(Standings.FRESH);
    return bench.desk().standing(donor);
  }

  private long firstUsageLeaf() {
    List<Entry> entries = bench.entries();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.USAGE) {
        return leaf;
      }
    }
    throw new AssertionError("no usage line");
  }
}
