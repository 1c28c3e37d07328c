package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agreed lines are settled as, by what is known of their agents when they mature. */
class SettlementTests {
  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void link(StubAgent agent, DonorId donor) {
    bench.desk().link(agent.link(bench.desk().drawCode(donor).join())).join();
  }

  /** Leases and reports {@code want} units, with that answer to each. */
  private void work(StubAgent agent, int want, String answer) {
    work(agent, want, answer, lease -> answer.length(), 0);
  }

  private void work(StubAgent agent, int want) {
    StubAgent.Granted granted = agent.lease(bench.desk(), want);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), agent.honest(granted));
  }

  private void work(
      StubAgent agent, int want, String answer, ToLongFunction<Lease> count, int exit) {
    StubAgent.Granted granted = agent.lease(bench.desk(), want);
    bench.clock.pass(Duration.ofSeconds(1));
    List<UsageLine> lines = new ArrayList<>();
    for (Lease lease : granted.grant().leases()) {
      lines.add(agent.line(granted, lease, answer, count.applyAsLong(lease), exit));
    }
    agent.send(bench.desk(), agent.report(lines, List.of(answer)));
  }

  private void mature() {
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
  }

  private void assertSettled(Outcome... expected) throws Exception {
    List<Entry> entries = bench.entries();
    List<Outcome> settled = new ArrayList<>();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.USAGE) {
        settled.add(Bench.outcome(entries, leaf));
      }
    }
    assertThat(settled).containsExactly(expected);
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  @Test
  void afterAClockThatWasAheadNothingMaturesBeforeTheDayItIsLoggedOn() throws Exception {
    bench.clock.pass(Duration.ofDays(10));
    bench.desk().settle().join();
    bench.clock.pass(Duration.ofDays(-10));
    bench.reopen();
    bench.submit(1);
    StubAgent one = bench.agent(71);
    StubAgent other = bench.agent(72);
    for (StubAgent agent : List.of(one, other)) {
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofSeconds(1));
      agent.send(bench.desk(), agent.honest(granted));
    }
    for (int day = 0; day < 12; day++) {
      bench.clock.pass(Duration.ofDays(1));
      bench.desk().settle().join();
      assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
    }
    assertThat(bench.entries()).extracting(Entry::kind).contains(Kind.SETTLEMENT);
  }

  @Test
  void agreedLinesOfAgentsThatTurnOutToBeOneDonorsDoNotCount() throws Exception {
    bench.submit(1);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    work(a, 1, "made up");
    work(b, 1, "made up");
    DonorId donor = bench.link(a);
    link(b, donor);
    bench.reopen();
    mature();
    assertSettled(Outcome.SAME_DONOR, Outcome.SAME_DONOR);
  }

  @Test
  void linksOfTwoDonorsDoNotHarmTheirLines() throws Exception {
    bench.submit(1);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    work(a, 1);
    work(b, 1);
    bench.link(a);
    bench.link(b);
    mature();
    assertSettled(Outcome.ACCEPTED, Outcome.ACCEPTED);
  }

  @Test
  void aDonorWhoLeftBeforeTheLineIsNotItsDonor() throws Exception {
    bench.submit(2);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    StubAgent c = bench.agent(13);
    DonorId donor = bench.link(a);
    work(a, 1);
    work(c, 1);
    bench.desk().link(a.unlink()).join();
    work(a, 1);
    work(b, 1);
    link(b, donor);
    mature();
    assertSettled(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ACCEPTED);
  }

  @Test
  void whatACaughtAgentLoggedBeforeIsDistrustedAndNothingElse() throws Exception {
    bench.submit(4);
    StubAgent liar = bench.agent(11);
    StubAgent partner = bench.agent(12);
    StubAgent third = bench.agent(13);
    work(liar, 1);
    work(partner, 1);
    work(liar, 1, "a lie");
    work(partner, 1);
    bench.reopen();
    work(liar, 1);
    work(third, 1);
    bench.reopen();
    work(partner, 1);
    work(liar, 1);
    work(third, 1);
    mature();
    assertSettled(
        Outcome.DISTRUSTED,
        Outcome.ACCEPTED,
        Outcome.OUTPUT_DISAGREED,
        Outcome.ACCEPTED,
        Outcome.DISTRUSTED,
        Outcome.ACCEPTED,
        Outcome.ACCEPTED,
        Outcome.ACCEPTED,
        Outcome.ACCEPTED);
  }

  @Test
  void whatWasSettledBeforeItWasCaughtStays() throws Exception {
    bench.submit(2);
    StubAgent liar = bench.agent(11);
    StubAgent partner = bench.agent(12);
    work(liar, 1);
    work(partner, 1);
    mature();
    work(liar, 1, "same", lease -> 9, 0);
    work(partner, 1, "same", lease -> 5, 0);
    work(bench.agent(13), 1, "same", lease -> 5, 0);
    mature();
    assertSettled(
        Outcome.ACCEPTED,
        Outcome.ACCEPTED,
        Outcome.COUNT_DISAGREED,
        Outcome.ACCEPTED,
        Outcome.ACCEPTED);
  }

  @Test
  void anUndecidedLineOfACaughtAgentIsDistrustedWhenItIsAgreedAfterItsMaturity() throws Exception {
    bench.submit(1);
    StubAgent liar = bench.agent(11);
    work(liar, 1);
    mature();
    bench.submit(2);
    work(liar, 1, "a lie");
    for (long seed = 12; seed < 14; seed++) {
      work(bench.agent(seed), 2);
    }
    bench.reopen();
    mature();
    assertThat(Bench.outcome(bench.entries(), firstUsage())).isEqualTo(Outcome.DISTRUSTED);
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  private long firstUsage() {
    return bench.entries().stream().map(Entry::kind).toList().indexOf(Kind.USAGE);
  }

  @Test
  void anOutvotedFailureClaimsNothingAndTakesNothing() throws Exception {
    bench.submit(2);
    StubAgent slow = bench.agent(11);
    work(slow, 1);
    work(bench.agent(12), 1);
    work(slow, 1, "", lease -> 0, 256);
    work(bench.agent(13), 1);
    work(bench.agent(14), 1);
    mature();
    assertSettled(
        Outcome.ACCEPTED,
        Outcome.ACCEPTED,
        Outcome.OUTPUT_DISAGREED,
        Outcome.ACCEPTED,
        Outcome.ACCEPTED);
  }
}
