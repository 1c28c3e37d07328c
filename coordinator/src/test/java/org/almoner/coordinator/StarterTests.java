package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.starter.KnownAnswers;
import org.almoner.coordinator.starter.StarterBatch;
import org.almoner.coordinator.starter.StarterModule;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.StarterAnswer;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent gets first, and what follows from its answer. */
class StarterTests {
  private static final int WIDTH = 1 << 24;

  private final Bench bench = new Bench();
  private final Batch starters = StarterBatch.of(Bench.ORIGIN, bench.keys.coordinator());
  private BatchId science;

  @BeforeEach
  void open() {
    bench.blobs.put(StarterModule.OCTETS.toArray());
    bench.config = bench.config.withStarters(true);
    bench.open().approveOwner();
    science = bench.submit(20);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theFirstUnitIsAStarterAloneAndARightAnswerOpensTheWay() throws Exception {
    StubAgent agent = bench.agent(11);
    StubAgent.Granted first = starter(agent);
    assertThat(noWork(agent)).contains("has a known answer; other work comes when it was right");
    assertThat(answer(agent, first, true)).isEqualTo(StarterAnswer.RIGHT);
    StubAgent.Granted next = agent.lease(bench.desk(), 5);
    assertThat(next.grant().leases()).hasSize(5).allMatch(l -> l.id().batch().equals(science));
    assertThat(settled()).containsExactly(Outcome.STARTER);
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  @Test
  void theReleaseIsInTheLogBeforeAnyLeaseAndOnceForAllStarts() throws Exception {
    bench.reopen().reopen();
    List<Entry> releases = bench.entries().stream().filter(e -> e.kind() == Kind.RELEASE).toList();
    assertThat(releases).hasSize(2);
    ReleaseEntry first = ReleaseEntry.parse(releases.get(0));
    assertThat(first.release().program().first().digest()).isEqualTo(StarterModule.DIGEST);
    assertThat(first.signed().signer()).isEqualTo(bench.keys.coordinator().publicKey());
    assertThat(bench.desk().batches()).hasSize(2);
  }

  @Test
  void aStarterIsNoProjectAndLeavesNoResult() throws Exception {
    StubAgent agent = bench.agent(11);
    answer(agent, starter(agent), true);
    BatchView view = view();
    assertThat(view.starter()).isTrue();
    assertThat(view.accepted()).isEqualTo(1);
    assertThat(view.rejected()).isZero();
    assertThat(view.cpuMs()).as("it counts nothing").isZero();
    assertThat(bench.desk().results(starters.id(), 0, 10)).isEmpty();
    assertThat(bench.desk().batches()).filteredOn(v -> !v.starter()).hasSize(1);
  }

  @Test
  void aWrongAnswerIsNamedAndKeepsTheAgentFromOtherWorkUntilOneIsRight() throws Exception {
    StubAgent agent = bench.agent(11);
    assertThat(answer(agent, starter(agent), false)).isEqualTo(StarterAnswer.WRONG);
    assertThat(noWork(agent)).startsWith("This computer gave a wrong answer to a starter unit");
    bench.reopen();
    assertThat(noWork(agent)).contains("within 4 hours");
    bench.clock.pass(Duration.ofHours(4));
    StubAgent.Granted second = starter(agent);
    bench.reopen();
    assertThat(answer(agent, second, true)).isEqualTo(StarterAnswer.RIGHT);
    assertThat(agent.lease(bench.desk(), 1).lease(0).id().batch()).isEqualTo(science);
    assertThat(settled()).containsExactly(Outcome.OUTPUT_DISAGREED, Outcome.STARTER);
    assertThat(view().rejected()).isEqualTo(1);
  }

  @Test
  void aRightOutputWithAnotherCountIsWrong() throws Exception {
    StubAgent agent = bench.agent(11);
    StubAgent.Granted granted = starter(agent);
    assertThat(send(agent, granted, truth(granted), known(granted) + 1))
        .isEqualTo(StarterAnswer.WRONG);
    assertThat(settled()).containsExactly(Outcome.COUNT_DISAGREED);
  }

  @Test
  void theSameReportAgainIsToldTheSame() throws Exception {
    StubAgent agent = bench.agent(11);
    StubAgent.Granted granted = starter(agent);
    bench.clock.pass(Duration.ofSeconds(1));
    StubAgent.Report report = report(agent, granted, "lie", 5);
    Receipted once = bench.desk().report(report.envelope(), report.outputs(), 0).join();
    bench.reopen();
    Receipted again = bench.desk().report(report.envelope(), report.outputs(), 0).join();
    assertThat(again.proven()).extracting(Proven::starter).containsExactly(StarterAnswer.WRONG);
    assertThat(again.proven()).extracting(Proven::leaf).isEqualTo(leaves(once));
  }

  @Test
  void anExpiredStarterIsGivenAgainAlsoAfterARestart() throws Exception {
    StubAgent agent = bench.agent(11);
    Lease lost = starter(agent).lease(0);
    bench.reopen();
    assertThat(noWork(agent)).contains("has a known answer");
    bench.clock.pass(Duration.ofMinutes(31));
    StubAgent.Granted next = starter(agent);
    assertThat(next.lease(0).id()).isNotEqualTo(lost.id());
    assertThat(view().leased()).isEqualTo(1);
    assertThat(view().failed()).isEqualTo(1);
    assertThat(answer(agent, next, true)).isEqualTo(StarterAnswer.RIGHT);
  }

  @Test
  void aLostAnswerToTheRequestIsTheSameGrantAgain() {
    StubAgent agent = bench.agent(11);
    var request = agent.request(3);
    LeaseReply first = bench.desk().lease(request).join();
    assertThat(bench.desk().lease(request).join()).isEqualTo(first);
  }

  @Test
  void anAgentFromBeforeStartersBeginsWithOneToo() throws Exception {
    bench.config = bench.config.withStarters(false);
    bench.reopen();
    StubAgent agent = bench.agent(11);
    StubAgent.Granted work = agent.lease(bench.desk(), 2);
    bench.config = bench.config.withStarters(true);
    bench.reopen();
    StubAgent.Granted first = starter(agent);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), agent.honest(work));
    assertThat(answer(agent, first, true)).isEqualTo(StarterAnswer.RIGHT);
  }

  @Test
  void withoutStartersWhatIsOutIsStillJudged() throws Exception {
    StubAgent agent = bench.agent(11);
    StubAgent.Granted first = starter(agent);
    bench.config = bench.config.withStarters(false);
    bench.reopen();
    assertThat(agent.lease(bench.desk(), 2).grant().leases())
        .allMatch(l -> l.id().batch().equals(science));
    assertThat(answer(agent, first, true)).isEqualTo(StarterAnswer.RIGHT);
  }

  @Test
  void aComputerThatAnsweredRightLongAgoGetsNothingElseBeforeItDoesSoAgain() throws Exception {
    StubAgent agent = bench.agent(11);
    answer(agent, starter(agent), true);
    bench.clock.pass(Duration.ofDays(61));
    StubAgent.Granted again = starter(agent);
    assertThat(noWork(agent)).contains("has a known answer");
    bench.reopen();
    assertThat(answer(agent, again, true)).isEqualTo(StarterAnswer.RIGHT);
    assertThat(agent.lease(bench.desk(), 1).lease(0).id().batch()).isEqualTo(science);
  }

  @Test
  void betweenAWeekAndTwoMonthsChanceGivesAStarter() throws Exception {
    StubAgent agent = bench.agent(11);
    answer(agent, starter(agent), true);
    bench.clock.pass(Duration.ofDays(6));
    agent.lease(bench.desk(), 20);
    assertThat(requestsUntilAStarter(agent)).as("a fresh answer").isEqualTo(-1);
    bench.clock.pass(Duration.ofDays(2));
    agent.lease(bench.desk(), 20);
    assertThat(requestsUntilAStarter(agent)).isBetween(1, 2_000);
    assertThat(requestsUntilAStarter(agent)).as("one at a time").isEqualTo(-1);
  }

  /** The agent has all other work in hand. */
  private int requestsUntilAStarter(StubAgent agent) {
    for (int i = 1; i <= 2_000; i++) {
      boolean given =
          bench.desk().lease(agent.request(1)).join().match(granted -> true, none -> false);
      if (given) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void aWrongAnswerLaterTakesBackWhatHasNotMatured() throws Exception {
    StubAgent agent = bench.agent(11);
    StubAgent partner = bench.agent(12);
    answer(agent, starter(agent), true);
    answer(partner, starter(partner), true);
    bench.clock.pass(Duration.ofDays(60).minusMinutes(30));
    StubAgent.Granted work = agent.lease(bench.desk(), 2);
    StubAgent.Granted same = partner.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), agent.honest(work));
    partner.send(bench.desk(), partner.honest(same));
    bench.clock.pass(Duration.ofHours(1));
    assertThat(answer(agent, starter(agent), false)).isEqualTo(StarterAnswer.WRONG);
    assertThat(noWork(agent)).contains("wrong answer to a starter unit");
    assertThat(settled())
        .containsExactly(
            Outcome.STARTER,
            Outcome.STARTER,
            Outcome.DISTRUSTED,
            Outcome.DISTRUSTED,
            Outcome.ACCEPTED,
            Outcome.ACCEPTED,
            Outcome.OUTPUT_DISAGREED);
  }

  @Test
  void withoutItsModuleTheCoordinatorDoesNotOpen() {
    try (Bench other = new Bench()) {
      other.open();
      other.desk().close();
      other.config = other.config.withStarters(true);
      assertThatThrownBy(other::open)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("starter.wasm");
    }
  }

  private BatchView view() {
    return bench.desk().batches().stream()
        .filter(v -> v.id().equals(starters.id()))
        .findFirst()
        .orElseThrow();
  }

  private StubAgent.Granted starter(StubAgent agent) {
    StubAgent.Granted granted = agent.lease(bench.desk(), 5);
    assertThat(granted.grant().leases()).hasSize(1);
    assertThat(granted.lease(0).id().batch()).isEqualTo(starters.id());
    return granted;
  }

  private String noWork(StubAgent agent) {
    return bench
        .desk()
        .lease(agent.request(5))
        .join()
        .match(
            granted -> {
              throw new AssertionError("work was given");
            },
            LeaseReply.NoWork::reason);
  }

  private StarterAnswer answer(StubAgent agent, StubAgent.Granted granted, boolean right) {
    return right
        ? send(agent, granted, truth(granted), known(granted))
        : send(agent, granted, "0 0 0 0 0\n", known(granted));
  }

  private StarterAnswer send(
      StubAgent agent, StubAgent.Granted granted, String content, long count) {
    bench.clock.pass(Duration.ofSeconds(1));
    Receipted receipted = agent.send(bench.desk(), report(agent, granted, content, count));
    assertThat(receipted.proven()).hasSize(1);
    return receipted.proven().get(0).starter();
  }

  private static StubAgent.Report report(
      StubAgent agent, StubAgent.Granted granted, String content, long count) {
    OutputBundle bundle =
        new OutputBundle(
            List.of(
                new OutputBundle.OutputFile(
                    new BundlePath(StarterBatch.OUTPUT), Bytes.utf8(content))));
    UsageLine line = agent.line(granted, granted.lease(0), bundle, count, 0);
    return agent.reportOf(List.of(line), List.of(bundle));
  }

  private long known(StubAgent.Granted granted) {
    return KnownAnswers.load().of(starters, granted.lease(0).id().unit()).orElseThrow().count();
  }

  /** What a computer answers that works, by a sieve of this test's own. */
  private static String truth(StubAgent.Granted granted) {
    int first = (int) (Long.parseLong(granted.lease(0).args().get(0)) % 8) * WIDTH;
    BitSet composites = new BitSet(WIDTH);
    if (first == 0) {
      composites.set(0, 2);
    }
    for (int p = 2; (long) p * p < first + WIDTH; p++) {
      for (int n = Math.max(p * p, (first + p - 1) / p * p); n < first + WIDTH; n += p) {
        composites.set(n - first);
      }
    }
    long sum = 0;
    int largest = 0;
    double reciprocals = 0;
    for (int i = composites.nextClearBit(0); i < WIDTH; i = composites.nextClearBit(i + 1)) {
      largest = first + i;
      sum += largest;
      reciprocals += 1.0 / largest;
    }
    return String.format(
        "%d %d %d %d %016x%n",
        first,
        WIDTH - composites.cardinality(),
        sum,
        largest,
        Double.doubleToRawLongBits(reciprocals));
  }

  private static List<Long> leaves(Receipted receipted) {
    return receipted.proven().stream().map(Proven::leaf).toList();
  }

  /** Outcomes of all usage lines once they are settled, in order. */
  private List<Outcome> settled() {
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
    List<Entry> entries = bench.entries();
    return java.util.stream.IntStream.range(0, entries.size())
        .filter(i -> entries.get(i).kind() == Kind.USAGE)
        .mapToObj(i -> Bench.outcome(entries, i))
        .toList();
  }
}
