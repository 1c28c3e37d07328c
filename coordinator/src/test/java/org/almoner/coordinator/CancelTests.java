package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.desk.UnitPage;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A batch its owner wants no more of: nothing is leased, and nobody who worked for it is cheated.
 */
class CancelTests {
  private static final EnumSet<UnitView.State> ALL = EnumSet.allOf(UnitView.State.class);

  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private BatchView view() {
    return bench.desk().batches().get(0);
  }

  private String answer(StubAgent agent) {
    return bench
        .desk()
        .lease(agent.request(64))
        .join()
        .match(granted -> "granted", LeaseReply.NoWork::reason);
  }

  private void report(StubAgent agent, StubAgent.Granted granted) {
    bench.clock.pass(Duration.ofSeconds(2));
    agent.send(bench.desk(), agent.honest(granted));
  }

  @Test
  void nothingMoreIsLeasedAndAskingAgainChangesNothing() throws Exception {
    BatchId batch = bench.submit(40);
    StubAgent a = bench.agent(11);
    report(a, a.lease(bench.desk(), 2));
    long entries = bench.entries().size();
    BatchView cancelled = bench.desk().cancel(batch).join();
    assertThat(cancelled.cancelled()).isTrue();
    assertThat(cancelled.done()).isTrue();
    assertThat(answer(bench.agent(12)))
        .isEqualTo("All units are leased or done; there may be more work later.");
    assertThat(bench.desk().cancel(batch).join()).isEqualTo(cancelled);
    bench.reopen();
    assertThat(view()).isEqualTo(cancelled);
    assertThat(answer(bench.agent(13))).startsWith("All units are leased or done");
    assertThat(bench.desk().cancel(batch).join()).isEqualTo(cancelled);
    assertThat(bench.entries()).as("two enrolments, no more").hasSize((int) entries + 2);
  }

  @Test
  void theSameBatchSubmittedAgainStaysCancelled() {
    BatchId batch = bench.submit(4);
    bench.desk().cancel(batch).join();
    assertThat(bench.submit(4)).isEqualTo(batch);
    assertThat(view().cancelled()).isTrue();
  }

  @Test
  void whatIsOutMayStillBeAgreedAndCounts() {
    BatchId batch = bench.submit(4);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    StubAgent.Granted first = a.lease(bench.desk(), 1);
    StubAgent.Granted second = b.lease(bench.desk(), 1);
    BatchView cancelled = bench.desk().cancel(batch).join();
    assertThat(cancelled.done()).as("two leases are out").isFalse();
    report(a, first);
    bench.reopen();
    report(b, second);
    assertThat(view().accepted()).isEqualTo(1);
    assertThat(view().failed()).isZero();
    assertThat(view().done()).isTrue();
    assertThat(bench.desk().results(batch, 0, 10)).hasSize(1);
  }

  @Test
  void aLineThatWaitsForNobodyIsSettledWithoutAgreement() throws Exception {
    BatchId batch = bench.submit(40);
    StubAgent a = bench.agent(11);
    StubAgent.Granted granted = a.lease(bench.desk(), 20);
    bench.clock.pass(Duration.ofSeconds(2));
    long leaf = a.send(bench.desk(), a.honest(granted)).proven().get(0).leaf();
    BatchView cancelled = bench.desk().cancel(batch).join();
    assertThat(cancelled.rejected()).isEqualTo(20);
    assertThat(cancelled.failed()).as("no unit failed by itself").isZero();
    bench.clock.pass(Duration.ofDays(2));
    assertThat(bench.desk().settle().join()).isEqualTo(20);
    assertThat(Bench.outcome(bench.entries(), leaf)).isEqualTo(Outcome.NO_QUORUM);
  }

  @Test
  void aLeaseThatNeverComesBackKeepsNoCancelledBatchOpen() {
    BatchId batch = bench.submit(4);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    StubAgent.Granted granted = a.lease(bench.desk(), 1);
    b.lease(bench.desk(), 1);
    bench.desk().cancel(batch).join();
    report(a, granted);
    bench.clock.pass(Duration.ofMinutes(11));
    bench.desk().tick().join();
    assertThat(view().done()).isTrue();
    assertThat(view().rejected()).isEqualTo(1);
    assertThat(answer(bench.agent(13))).startsWith("All units");
  }

  @Test
  void otherBatchesGoOn() {
    BatchId batch = bench.submit(4);
    BatchId other = bench.desk().submit(bench.sign(bench.spec(6, 2)), bench.release("1.0")).join();
    bench.desk().cancel(batch).join();
    assertThat(bench.agent(11).lease(bench.desk(), 64).grant().leases())
        .hasSize(6)
        .allMatch(lease -> lease.id().batch().equals(other));
  }

  @Test
  void theFirstReasonStandsButForARecall() {
    BatchId batch = bench.submit(4);
    bench.agent(11).lease(bench.desk(), 1);
    StopReason failing = StopReason.failing("3 of 3 units ended with exit code 7");
    assertThat(bench.desk().stop(batch, failing).join().stopped()).isEqualTo(failing);
    assertThat(bench.desk().cancel(batch).join().stopped()).isEqualTo(failing);
    StopReason recalled = StopReason.recalled("it reads out of bounds");
    assertThat(bench.desk().stop(batch, recalled).join().stopped()).isEqualTo(recalled);
    assertThat(bench.desk().stop(batch, failing).join().stopped()).isEqualTo(recalled);
    bench.reopen();
    assertThat(view().stopped()).isEqualTo(recalled);
    assertThat(view().stopped().sentence())
        .isEqualTo("its software was recalled: it reads out of bounds");
    assertThat(view().cancelled()).isFalse();
    assertThat(answer(bench.agent(12))).startsWith("All units are leased or done");
  }

  @Test
  void aBatchThatIsDoneIsNotCancelledAfterwards() {
    BatchId batch = bench.submit(1);
    for (StubAgent agent : List.of(bench.agent(11), bench.agent(12))) {
      report(agent, agent.lease(bench.desk(), 1));
    }
    assertThat(bench.desk().cancel(batch).join().cancelled()).isFalse();
  }

  @Test
  void theOwnerSeesEachAttemptAndWhatItTook() {
    BatchId batch = bench.submit(3);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    a.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofMinutes(21));
    bench.desk().tick().join();
    for (StubAgent agent : List.of(a, b)) {
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      report(agent, granted);
    }
    bench.reopen();
    UnitPage page = bench.desk().units(batch, 0, 10, ALL);
    assertThat(page.next()).isEqualTo(3);
    assertThat(page.units()).hasSize(1);
    UnitView unit = page.units().get(0);
    assertThat(unit.state()).isEqualTo(UnitView.State.ACCEPTED);
    assertThat(unit.attempts().get(0)).isEqualTo(new UnitView.Attempt.Expired(0));
    UnitView.Attempt.Logged line = (UnitView.Attempt.Logged) unit.attempts().get(1);
    assertThat(line.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(line.cpuMs()).isEqualTo(800);
    assertThat(line.wallMs()).isPositive();
    assertThat(line.memPeakBytes()).isPositive();
    assertThat(line.computer().cores()).isEqualTo(StubAgent.CORES);
    assertThat(bench.desk().units(batch, 0, 10, EnumSet.of(UnitView.State.FAILED)).units())
        .isEmpty();
  }

  @Test
  void aBatchIsCheckedWithoutBeingTaken() {
    var spec = bench.sign(bench.spec(3, 2));
    var release = bench.release("1.0");
    assertThat(bench.desk().check(spec, release).join().submitted()).isFalse();
    assertThat(bench.desk().batches()).isEmpty();
    BatchId batch = bench.desk().submit(spec, release).join();
    var check = bench.desk().check(spec, release).join();
    assertThat(check.submitted()).isTrue();
    assertThat(check.id()).isEqualTo(batch);
    assertThat(check.owner()).isEqualTo("Institute");
    assertThat(check.missing()).isEmpty();
    bench.moduleRefusal = java.util.Optional.of("it wants threads");
    assertThat(Bench.refusal(bench.desk().check(spec, release)).problem().slug())
        .isEqualTo("module-refused");
  }

  /** Cancelling is repeated until it is acknowledged; a store fails at every write in turn. */
  @ParameterizedTest
  @EnumSource(FaultyStores.Reach.class)
  void aStoreMayFailAtAnyWriteOfACancelling(FaultyStores.Reach reach) throws Exception {
    int n = 0;
    boolean failed = true;
    while (failed) {
      n++;
      try (Bench faulty = new Bench()) {
        failed = cancelWithAFault(faulty, n, reach);
      }
    }
    assertThat(n).as("writes of a cancelling and a settlement").isGreaterThan(6);
  }

  private static boolean cancelWithAFault(Bench bench, int n, FaultyStores.Reach reach)
      throws Exception {
    FaultyStores faults = new FaultyStores(bench.stores, bench.openings);
    bench.stores = faults.stores();
    bench.openings = faults.keys();
    bench.open().approveOwner();
    BatchId batch = bench.submit(600);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    StubAgent.Granted lone = a.lease(bench.desk(), 20);
    StubAgent.Granted out = b.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(2));
    StubAgent.Report waiting = a.honest(lone);
    a.send(bench.desk(), waiting);
    faults.failAt(n, reach);
    int failures = 0;
    failures += insist(bench, faults, () -> bench.desk().cancel(batch).join());
    failures += insist(bench, faults, () -> bench.desk().tick().join());
    StubAgent.Report late = b.honest(out);
    failures +=
        insist(bench, faults, () -> bench.desk().report(late.envelope(), late.outputs(), 0).join());
    bench.clock.pass(Duration.ofDays(2));
    failures += insist(bench, faults, () -> bench.desk().settle().join());
    faults.heal();
    bench.reopen();
    BatchView view = bench.desk().batches().get(0);
    assertThat(view.cancelled()).isTrue();
    assertThat(view.done()).isTrue();
    assertThat(view.accepted()).isEqualTo(3);
    assertThat(view.rejected()).isEqualTo(17);
    assertThat(view.reported()).isEqualTo(23);
    assertThat(bench.desk().settle().join()).as("all was settled, once").isZero();
    int settled = 0;
    var entries = bench.entries();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      settled += Bench.outcome(entries, leaf) == Outcome.NONE ? 0 : 1;
    }
    assertThat(settled).isEqualTo(23);
    return failures > 0;
  }

  private static int insist(Bench bench, FaultyStores faults, Runnable step) {
    try {
      step.run();
      return 0;
    } catch (CompletionException e) {
      assertThat(((Refusal) e.getCause()).problem().slug()).isEqualTo("stopped");
      assertThat(faults.heal()).isTrue();
      bench.reopen();
      step.run();
      return 1;
    }
  }
}
