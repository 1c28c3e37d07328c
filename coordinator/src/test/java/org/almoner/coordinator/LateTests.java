package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that come after their deadline. Grants are for ten minutes. */
class LateTests {
  private final Bench bench = new Bench();
  private StubAgent slow;
  private StubAgent.Granted late;

  @BeforeEach
  void open() {
    bench.open().approveOwner();
    bench.submit(1);
    slow = bench.agent(11);
    late = slow.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofMinutes(11));
    bench.desk().tick().join();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private BatchView view() {
    return bench.desk().batches().get(0);
  }

  private long report(StubAgent agent, StubAgent.Granted granted) {
    bench.clock.pass(Duration.ofSeconds(2));
    return agent.send(bench.desk(), agent.honest(granted)).proven().get(0).leaf();
  }

  private StubAgent work(long seed) {
    StubAgent agent = bench.agent(seed);
    report(agent, agent.lease(bench.desk(), 1));
    return agent;
  }

  private String refusal(StubAgent agent, StubAgent.Granted granted) {
    StubAgent.Report report = agent.honest(granted);
    return Bench.refusal(bench.desk().report(report.envelope(), report.outputs(), 0))
        .problem()
        .slug();
  }

  private Outcome settled(long leaf) {
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
    return Bench.outcome(bench.entries(), leaf);
  }

  @Test
  void aLateResultTakesPartWhileItsUnitIsOpen() {
    assertThat(view().leased()).isZero();
    long leaf = report(slow, late);
    bench.reopen();
    work(12);
    assertThat(view().accepted()).isEqualTo(1);
    assertThat(view().leased()).isZero();
    assertThat(settled(leaf)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void itIsTakenWithItsBlobToo() {
    String large = "x".repeat(17_000);
    bench.blobs.send(slow.id, StubAgent.bundle(large).encode());
    bench.reopen();
    bench.desk().tick().join();
    var line = slow.line(late, late.lease(0), large, 5, 0);
    slow.send(bench.desk(), slow.report(List.of(line), List.of()));
    assertThat(view().leased()).isZero();
  }

  @Test
  void itIsStillTakenAfterARestart() {
    bench.reopen();
    assertThat(view().leased()).as("until the clock is looked at").isEqualTo(1);
    bench.desk().tick().join();
    assertThat(view().leased()).isZero();
    long leaf = report(slow, late);
    work(12);
    assertThat(settled(leaf)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void itIsRefusedByNameWhenTheUnitHasEnded() {
    work(12);
    work(13);
    assertThat(view().done()).isTrue();
    assertThat(refusal(slow, late)).isEqualTo("unit-ended");
    bench.reopen();
    bench.desk().tick().join();
    assertThat(refusal(slow, late)).isEqualTo("unit-ended");
    var held = List.of(new Renewal.Held(late.lease(0).id(), 10, 10));
    var word = bench.desk().renew(slow.renewal(held)).join().leases().get(0);
    assertThat(((RenewalAnswer.Drop) word).stop()).isEqualTo(RenewalAnswer.Stop.EXPIRED);
    bench.clock.pass(Duration.ofMinutes(10));
    assertThat(refusal(slow, late)).isEqualTo("lease-expired");
    bench.reopen();
    assertThat(refusal(slow, late)).isEqualTo("lease-expired");
  }

  @Test
  void whoHoldsAGoodLeaseIsJudgedByWhatALateResultDecided() {
    StubAgent second = bench.agent(12);
    StubAgent third = bench.agent(13);
    StubAgent.Granted good = second.lease(bench.desk(), 1);
    StubAgent.Granted other = third.lease(bench.desk(), 1);
    report(slow, late);
    report(second, good);
    assertThat(view().accepted()).isEqualTo(1);
    assertThat(view().leased()).isEqualTo(1);
    bench.reopen();
    long leaf = report(third, other);
    assertThat(view().leased()).isZero();
    assertThat(view().reported()).isEqualTo(3);
    assertThat(view().rejected()).isZero();
    bench.reopen();
    assertThat(settled(leaf)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void aWrongAnswerFromAGoodLeaseIsOutvotedByWhatALateResultDecided() {
    StubAgent second = bench.agent(12);
    StubAgent third = bench.agent(13);
    StubAgent.Granted good = second.lease(bench.desk(), 1);
    StubAgent.Granted other = third.lease(bench.desk(), 1);
    report(slow, late);
    report(second, good);
    bench.clock.pass(Duration.ofSeconds(2));
    var line = third.line(other, other.lease(0), "a lie", 5, 0);
    long leaf =
        third
            .send(bench.desk(), third.report(List.of(line), List.of("a lie")))
            .proven()
            .get(0)
            .leaf();
    assertThat(view().rejected()).isEqualTo(1);
    assertThat(settled(leaf)).isEqualTo(Outcome.OUTPUT_DISAGREED);
  }

  @Test
  void nothingIsTakenWhenItIsAsLateAgain() {
    bench.clock.pass(Duration.ofMinutes(9));
    bench.desk().tick().join();
    assertThat(refusal(slow, late)).isEqualTo("lease-expired");
    assertThat(bench.agent(12).lease(bench.desk(), 1).lease(0).id().replica()).isEqualTo(1);
  }

  /** The report comes between the stop and the giving up of what waits: in most rounds. */
  @Test
  void aUnitThatEndsWhileItWaitsToBeGivenUpEndsOnce() {
    for (int round = 0; round < 10; round++) {
      var stopping = bench.desk().stop(view().id(), StopReason.recalled("it is wrong"));
      StubAgent.Report report = slow.honest(late);
      var reported = bench.desk().report(report.envelope(), report.outputs(), 0);
      stopping.join();
      bench.desk().tick().join();
      if (!reported.isCompletedExceptionally()) {
        long leaf = reported.join().proven().get(0).leaf();
        bench.reopen();
        assertThat(bench.desk().report(report.envelope(), report.outputs(), 0).join().proven())
            .extracting(Proven::leaf)
            .containsExactly(leaf);
      }
      bench.clock.pass(Duration.ofMinutes(30));
      bench.desk().tick().join();
      bench.submit(round + 2);
      slow = bench.agent(100 + round);
      late = slow.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofMinutes(11));
      bench.desk().tick().join();
    }
  }
}
