package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.ledger.audit.Audit;
import org.almoner.ledger.audit.Odds;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.VerifiedReport;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.Checks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is believed alone, who is checked, and what becomes of those who are caught. */
class CredibilityTests {
  private static final int MANY = 10_000;

  private final Bench bench = new Bench();
  private StubAgent first;
  private StubAgent second;

  @BeforeEach
  void open() {
    bench.open().approveOwner();
    first = bench.agent(11);
    second = bench.agent(12);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Ends the day as a served coordinator does in its first moments of the next. */
  private void nextDay() {
    bench.clock.pass(Duration.ofDays(1));
    bench.desk().settle().join();
  }

  private int work(StubAgent agent, int want) {
    return work(agent, want, lease -> false);
  }

  /** Reports {@code want} units in reports of ten; lies about those chosen. */
  private int work(StubAgent agent, int want, Predicate<Lease> lies) {
    return work(agent, want, lies, 0);
  }

  private int work(StubAgent agent, int want, Predicate<Lease> lies, int exit) {
    int done = 0;
    while (done < want) {
      StubAgent.Granted granted = agent.lease(bench.desk(), Math.min(10, want - done));
      bench.clock.pass(Duration.ofSeconds(1));
      List<UsageLine> lines = new ArrayList<>();
      List<String> contents = new ArrayList<>();
      for (Lease lease : granted.grant().leases()) {
        String content = lies.test(lease) ? "a lie" : StubAgent.answer(lease);
        contents.add(content);
        lines.add(agent.line(granted, lease, content, content.length() * 1_000L, exit));
      }
      agent.send(bench.desk(), agent.report(lines, contents));
      done += lines.size();
    }
    return done;
  }

  /** Two computers agree on ten units, on a day after which another's secret is sealed. */
  private void earnTrust() {
    bench.desk().settle().join();
    work(first, 10);
    work(second, 10);
    nextDay();
  }

  private Map<Long, Outcome> outcomes() {
    List<Entry> entries = bench.entries();
    Map<Long, Outcome> outcomes = new HashMap<>();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.USAGE) {
        outcomes.put((long) leaf, Bench.outcome(entries, leaf));
      }
    }
    return outcomes;
  }

  private long count(Outcome outcome) {
    return outcomes().values().stream().filter(o -> o == outcome).count();
  }

  private List<UnitView> units(BatchId batch) {
    return bench.desk().units(batch, 0, MANY, EnumSet.allOf(UnitView.State.class)).units();
  }

  private void assertLogHolds() throws Exception {
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
    Odds odds = assertDrawsAreExact();
    assertThat(odds.alone()).isEqualTo(count(Outcome.ACCEPTED_ALONE));
  }

  /** An auditor with all openings comes to the records that the coordinator went by. */
  private Odds assertDrawsAreExact() {
    List<Entry> entries = bench.entries();
    Audit audit = new Audit(Bench.ORIGIN);
    bench.openings(outcomes().keySet()).stream()
        .map(o -> new UsageOpening(o.leaf(), o.salt(), o.part(), o.report()))
        .forEach(audit::open);
    for (int index = 0; index < entries.size(); index++) {
      audit.entry(index, entries.get(index).octets());
    }
    audit.end(entries.size());
    assertThat(audit.findings()).isEmpty();
    return audit.odds();
  }

  @Test
  void nobodyIsBelievedAloneBeforeTenOthersAgreedAndADayHasBegun() {
    BatchId batch = bench.submit(MANY);
    work(first, 10);
    work(second, 10);
    work(first, 1);
    assertThat(bench.desk().batch(batch).orElseThrow().accepted()).isEqualTo(10);
    nextDay();
    work(first, 9);
    assertThat(bench.desk().batch(batch).orElseThrow().accepted())
        .as("no secret was sealed on the day before")
        .isEqualTo(10);
  }

  @Test
  void aTrustedComputerWorksAloneAndTheDrawnLinesAreRunTwice() throws Exception {
    BatchId batch = bench.submit(MANY);
    earnTrust();
    work(first, 200);
    long alone = bench.desk().batch(batch).orElseThrow().accepted() - 10;
    assertThat(alone).isBetween(150L, 195L);
    work(second, (int) (200 - alone));
    assertThat(bench.desk().batch(batch).orElseThrow().accepted())
        .as("what was drawn is what the next computer got")
        .isEqualTo(210);
    nextDay();
    nextDay();
    nextDay();
    assertThat(count(Outcome.ACCEPTED_ALONE)).isBetween(alone - 30, alone);
    assertLogHolds();
    assertDrawsAreRepeatable();
    assertThat(assertDrawsAreExact())
        .matches(odds -> odds.exact() == odds.alone() && odds.alone() > 0);
  }

  /** Whoever reads the log finds no line believed alone that was to be checked at one in twenty. */
  private void assertDrawsAreRepeatable() throws Exception {
    List<Entry> entries = bench.entries();
    Map<LocalDate, Bytes> secrets = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.kind() == Kind.CHECK_SECRET) {
        CheckSecret secret = CheckSecret.parse(entry);
        secret.secret().ifPresent(octets -> secrets.put(secret.date(), octets));
      }
    }
    LocalDate day = LocalDate.EPOCH;
    int repeated = 0;
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.DAY) {
        day = Day.parse(entries.get(leaf)).date();
      } else if (entries.get(leaf).kind() == Kind.USAGE
          && Bench.outcome(entries, leaf) == Outcome.ACCEPTED_ALONE) {
        assertThat(CheckSecret.due(secrets.get(day), leaf, 20)).isFalse();
        repeated++;
      }
    }
    assertThat(repeated).isPositive();
  }

  @Test
  void aBatchThatAsksForThreeIsNeverRunAlone() {
    BatchId many = bench.submit(MANY);
    earnTrust();
    BatchId strict = submit(30, 3);
    bench.desk().cancel(many).join();
    work(first, 10);
    assertThat(bench.desk().batch(strict).orElseThrow().accepted()).isZero();
  }

  @Test
  void aBatchThatAsksForEveryCheckIsNeverRunAlone() {
    BatchId many = bench.submit(MANY);
    earnTrust();
    BatchSpec drawn = bench.spec(30, 2);
    BatchSpec every =
        new BatchSpec(
            drawn.origin(),
            drawn.project(),
            drawn.purpose(),
            drawn.release(),
            drawn.units(),
            drawn.inputs(),
            drawn.allotment(),
            drawn.outputs(),
            drawn.agree(),
            drawn.deadlineMs(),
            drawn.compare(),
            Checks.EVERY);
    BatchId strict = bench.desk().submit(bench.sign(every), bench.release("1.0")).join();
    bench.desk().cancel(many).join();
    work(first, 30);
    assertThat(bench.desk().batch(strict).orElseThrow().accepted()).isZero();
    work(second, 30);
    assertThat(bench.desk().batch(strict).orElseThrow().accepted()).isEqualTo(30);
    assertThat(units(strict))
        .allSatisfy(
            unit ->
                assertThat(unit.attempts())
                    .extracting(attempt -> ((UnitView.Attempt.Logged) attempt).outcome())
                    .containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED));
  }

  private BatchId submit(long units, int agree) {
    return bench.desk().submit(bench.sign(bench.spec(units, agree)), bench.release("1.0")).join();
  }

  @Test
  void oneLieThatIsCheckedCostsAllThatHasNotMatured() throws Exception {
    bench.submit(MANY);
    earnTrust();
    work(first, 60);
    bench.reopen();
    work(first, 60, lease -> true);
    StubAgent third = bench.agent(13);
    // Whatever was drawn is run by two others, and all the rest of the liar's after it is settled.
    work(second, 40);
    work(third, 40);
    nextDay();
    work(second, 150);
    work(third, 150);
    nextDay();
    nextDay();
    assertThat(count(Outcome.DISTRUSTED)).as("what was right, and had not matured").isEqualTo(60);
    assertThat(count(Outcome.OUTPUT_DISAGREED)).as("each lie, found one by one").isEqualTo(60);
    assertThat(settledLies()).isZero();
    assertLogHolds();
  }

  /** Lines of the first computer that count though they lie. */
  private long settledLies() {
    List<Entry> entries = bench.entries();
    long lies = 0;
    for (Map.Entry<Long, Outcome> line : outcomes().entrySet()) {
      if (line.getValue().counts() && !isVoid(entries, line.getKey())) {
        lies +=
            bench.opening(line.getKey()).stream()
                .filter(opening -> isLie(opening.part(), opening.report()))
                .count();
      }
    }
    return lies;
  }

  private static boolean isLie(int part, Envelope report) {
    try {
      return VerifiedReport.of(report)
          .report()
          .lines()
          .get(part)
          .output()
          .equals(StubAgent.bundle("a lie").digest());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isVoid(List<Entry> entries, long leaf) {
    boolean isVoid = false;
    for (Entry entry : entries) {
      if (entry.kind() == Kind.VOID || entry.kind() == Kind.REINSTATE) {
        try {
          Voiding voiding = Voiding.parse(entry);
          isVoid = voiding.leaves().contains(leaf) ? !voiding.reinstates() : isVoid;
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    }
    return isVoid;
  }

  @Test
  void aSettledLieIsFoundAndVoidedOnceItsComputerIsCaught() throws Exception {
    bench.submit(MANY);
    earnTrust();
    work(first, 5, lease -> true);
    work(first, 60);
    work(second, 20);
    nextDay();
    nextDay();
    assertThat(settledLies()).as("lies that nobody had looked at").isPositive();
    work(first, 60, lease -> true);
    StubAgent third = bench.agent(13);
    for (int day = 0; day < 4; day++) {
      work(second, 100);
      work(third, 100);
      nextDay();
    }
    assertThat(bench.entries()).extracting(Entry::kind).contains(Kind.VOID);
    assertThat(settledLies()).isZero();
    assertLogHolds();
    bench.reopen();
    nextDay();
    assertLogHolds();
  }

  @Test
  void whoLeavesIsAskedAboutBeforeTheLastLinesCount() throws Exception {
    BatchId batch = bench.submit(MANY);
    earnTrust();
    work(first, 15);
    long alone = bench.desk().batch(batch).orElseThrow().accepted() - 10;
    nextDay();
    nextDay();
    long before = count(Outcome.ACCEPTED_ALONE);
    assertThat(before).as("nobody agreed with it later").isLessThan(alone);
    work(second, 30);
    nextDay();
    assertThat(outcomes().values()).filteredOn(o -> o == Outcome.NONE).hasSizeLessThan(31);
    assertThat(count(Outcome.ACCEPTED)).isGreaterThanOrEqualTo(20 + alone - before);
    assertLogHolds();
    assertThat(units(batch)).isNotEmpty();
  }

  @Test
  void cancellingABatchThatIsDoneEndsTheQuestionsAboutIt() throws Exception {
    BatchId batch = bench.submit(60);
    earnTrust();
    work(first, 50);
    work(second, (int) (60 - bench.desk().batch(batch).orElseThrow().accepted()));
    assertThat(bench.desk().batch(batch).orElseThrow().done()).isTrue();
    nextDay();
    nextDay();
    assertThat(outcomes().values()).as("others are asked").contains(Outcome.NONE);
    bench.desk().cancel(batch).join();
    assertThatThrownBy(() -> second.lease(bench.desk(), 1)).hasMessageContaining("no work");
    nextDay();
    assertThat(outcomes().values()).doesNotContain(Outcome.NONE);
    assertLogHolds();
  }

  @Test
  void whoIsCaughtIsToldAtOnceAndMayObject() throws Exception {
    DonorId donor = bench.link(first);
    bench.submit(MANY);
    earnTrust();
    work(first, 30);
    work(second, 10);
    assertThat(bench.desk().standing(donor).excluded()).isEmpty();
    work(first, 60, lease -> true);
    StubAgent third = bench.agent(13);
    work(second, 40);
    work(third, 40);
    bench.clock.pass(Duration.ofMinutes(1));
    List<Standing.Excluded> distrusted =
        bench.desk().standing(donor).excluded().stream()
            .filter(line -> line.outcome() == Outcome.DISTRUSTED)
            .toList();
    assertThat(distrusted).hasSizeGreaterThanOrEqualTo(30);
    long leaf = distrusted.get(distrusted.size() - 1).leaf();
    bench.desk().lines().object(donor, leaf, "It was a broken disk.").join();
    bench.desk().lines().rule(leaf, true).join();
    for (int day = 0; day < 3; day++) {
      work(second, 40);
      work(third, 40);
      nextDay();
    }
    assertThat(outcomes().get(leaf)).isEqualTo(Outcome.ACCEPTED_RULED);
    assertLogHolds();
  }

  @Test
  void aCancelledBatchIsNotRunAgainToCheckAnybody() throws Exception {
    BatchId batch = bench.submit(MANY);
    earnTrust();
    work(first, 20);
    bench.desk().cancel(batch).join();
    nextDay();
    nextDay();
    nextDay();
    assertThatThrownBy(() -> second.lease(bench.desk(), 1)).hasMessageContaining("no work");
    assertThat(outcomes().values()).as("all is settled").doesNotContain(Outcome.NONE);
    assertLogHolds();
  }

  private long accepted(BatchId batch) {
    return bench.desk().batch(batch).orElseThrow().accepted();
  }

  /** A computer with a record, contradicted by two without one, is not condemned by them. */
  @Test
  void twoNewComputersCannotCondemnOneWithARecord() throws Exception {
    BatchId batch = bench.submit(MANY);
    earnTrust();
    StubAgent liar = bench.agent(13);
    StubAgent accomplice = bench.agent(14);
    StubAgent third = bench.agent(15);
    work(third, 1);
    long before = -1;
    while (before != accepted(batch)) {
      before = accepted(batch);
      work(first, 1);
    }
    work(liar, 1, lease -> true);
    work(accomplice, 1, lease -> true);
    assertThat(bench.desk().batch(batch).orElseThrow().rejected()).isZero();
    work(second, 1);
    assertThat(accepted(batch)).as("who has a record decides").isEqualTo(before + 1);
    nextDay();
    nextDay();
    nextDay();
    assertThat(count(Outcome.DISTRUSTED)).as("of the honest ones").isZero();
    assertThat(settledLies()).isZero();
    assertLogHolds();
  }

  /** Two who say that a unit failed do not outdo one who has its result. */
  @Test
  void failuresBesideASuccessNeedOneMore() {
    StubAgent third = bench.agent(13);
    StubAgent fourth = bench.agent(14);
    assertThatThrownBy(() -> third.lease(bench.desk(), 1)).hasMessageContaining("no work");
    BatchId batch = bench.submit(1);
    work(fourth, 1, lease -> false, 0);
    work(first, 1, lease -> false, 1);
    work(second, 1, lease -> false, 1);
    assertThat(bench.desk().batch(batch).orElseThrow().failed()).isZero();
    work(third, 1);
    assertThat(bench.desk().batch(batch).orElseThrow().accepted()).isEqualTo(1);
  }
}
