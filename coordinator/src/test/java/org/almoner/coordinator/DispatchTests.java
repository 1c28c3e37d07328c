package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.LastLines;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.Held;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets which lease, and how units end. */
class DispatchTests {
  /** After so long nobody counts as present, so that whoever asks may have any unit. */
  private static final Duration FORGOTTEN = Duration.ofHours(7);

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

  private String noWork(StubAgent agent) {
    return bench
        .desk()
        .lease(agent.request(64))
        .join()
        .match(granted -> "granted", LeaseReply.NoWork::reason);
  }

  @Test
  void theSameRequestAgainGetsTheSameGrant() {
    bench.submit(10);
    StubAgent agent = bench.agent(11);
    Envelope request = agent.request(3);
    LeaseReply first = bench.desk().lease(request).join();
    assertThat(bench.desk().lease(request).join()).isEqualTo(first);
    assertThat(view().leased()).isEqualTo(3);
    bench.reopen();
    assertThat(bench.desk().lease(request).join()).as("after a restart").isEqualTo(first);
    assertThat(view().leased()).isEqualTo(3);
  }

  @Test
  void noTwoReplicasGoToOneDonor() {
    bench.submit(4);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    var donor = bench.link(a);
    bench.desk().link(b.link(bench.desk().drawCode(donor).join())).join();
    a.lease(bench.desk(), 4);
    assertThat(noWork(b)).contains("another donor");
    StubAgent c = bench.agent(13);
    assertThat(c.lease(bench.desk(), 64).grant().leases())
        .extracting(l -> l.id().replica())
        .containsExactly(1, 1, 1, 1);
  }

  @Test
  void replicasComeBeforeNewUnits() {
    bench.submit(10);
    bench.agent(11).lease(bench.desk(), 3);
    assertThat(bench.agent(12).lease(bench.desk(), 5).grant().leases())
        .extracting(l -> l.id().unit())
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void batchesTakeTurns() {
    BatchId first = bench.submit(10);
    BatchId second =
        bench
            .desk()
            .submit(
                bench.sign(
                    new org.almoner.workload.batch.BatchSpec(
                        Bench.ORIGIN,
                        "second",
                        "Add other numbers, for a test.",
                        bench.release("1.0").digest(),
                        new org.almoner.workload.batch.BatchUnits.Range(1, 10, 1),
                        List.of(),
                        bench.spec(1, 2).allotment(),
                        List.of(StubAgent.FILE),
                        2)),
                bench.release("1.0"))
            .join();
    StubAgent agent = bench.agent(11);
    assertThat(agent.lease(bench.desk(), 2).lease(0).id().batch()).isEqualTo(first);
    assertThat(agent.lease(bench.desk(), 2).lease(0).id().batch()).isEqualTo(second);
    assertThat(agent.lease(bench.desk(), 2).lease(0).id().batch()).isEqualTo(first);
    assertThat(agent.lease(bench.desk(), 30).grant().work()).hasSize(2);
    assertThat(bench.entries().stream().filter(e -> e.kind() == Kind.RELEASE))
        .as("one release, logged once")
        .hasSize(1);
  }

  @Test
  void aComputerThatLendsTooLittleIsToldSo() {
    bench
        .desk()
        .submit(
            bench.sign(
                new org.almoner.workload.batch.BatchSpec(
                    Bench.ORIGIN,
                    "large",
                    "Needs more memory than offered.",
                    bench.release("1.0").digest(),
                    new org.almoner.workload.batch.BatchUnits.Range(1, 10, 1),
                    List.of(),
                    new org.almoner.protocol.lease.Allotment(1, 1L << 30, 0, 1_000),
                    List.of(StubAgent.FILE),
                    2)),
            bench.release("1.0"))
        .join();
    StubAgent agent = bench.agent(11);
    bench.agent(12).lease(bench.desk(), 1);
    var request =
        new org.almoner.protocol.lease.LeaseRequest(
            Bench.ORIGIN,
            agent.id,
            org.almoner.protocol.bytes.Bytes.of(new byte[16]),
            1,
            1,
            1L << 20,
            0);
    Envelope small = Envelope.sign(Envelope.Kind.LEASE_REQUEST, request.toJson(), agent.key);
    assertThat(
            bench.desk().lease(small).join().match(granted -> "granted", LeaseReply.NoWork::reason))
        .contains("more cores, memory or disk");
  }

  @Test
  void oneAgentHoldsABoundedNumberOfLeases() {
    bench.submit(1_000);
    StubAgent agent = bench.agent(11);
    for (int i = 0; i < 4; i++) {
      assertThat(agent.lease(bench.desk(), 64).grant().leases()).hasSize(64);
    }
    assertThat(noWork(agent)).contains("256 leases");
  }

  @Test
  void aUnitThatFailsForTwoDonorsHasFailed() {
    bench.submit(1);
    for (long seed = 11; seed < 13; seed++) {
      StubAgent agent = bench.agent(seed);
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofSeconds(1));
      var line = agent.line(granted, granted.lease(0), "junk " + seed, seed, 3);
      agent.send(bench.desk(), agent.report(List.of(line), List.of("junk " + seed)));
    }
    assertThat(view().failed()).isEqualTo(1);
    assertThat(view().rejected()).isEqualTo(2);
    assertThat(view().done()).isTrue();
    assertSettled(Outcome.FAILED, Outcome.FAILED);
  }

  @Test
  void theOwnerOfAUnitThatFailsIsToldItsLastLines() {
    BatchId batch = bench.submit(1);
    for (long seed = 11; seed < 13; seed++) {
      StubAgent agent = bench.agent(seed);
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofSeconds(1));
      OutputBundle last =
          new OutputBundle(
              List.of(
                  new OutputBundle.OutputFile(
                      LastLines.FILE, Bytes.utf8("reading 7\nno such \u001b[31mligand\n"))));
      var line = agent.line(granted, granted.lease(0), last, seed, 3);
      agent.send(bench.desk(), agent.reportOf(List.of(line), List.of(last)));
    }
    var attempts =
        bench.desk().units(batch, 0, 1, EnumSet.allOf(UnitView.State.class)).units().get(0);
    assertThat(attempts.attempts())
        .hasSize(2)
        .allSatisfy(
            attempt ->
                assertThat(((UnitView.Attempt.Logged) attempt).tail())
                    .containsExactly("reading 7", "no such ?[31mligand"));
  }

  @Test
  void anOutputWithoutTheFilesAskedForCountsAsFailed() {
    bench.submit(1);
    var nothing = new org.almoner.protocol.result.OutputBundle(List.of());
    for (long seed = 11; seed < 13; seed++) {
      StubAgent agent = bench.agent(seed);
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofSeconds(1));
      var l = agent.line(granted, granted.lease(0), "x", 5, 0);
      var line =
          new org.almoner.protocol.usage.UsageLine(
              l.lease(),
              l.grant(),
              l.release(),
              l.meter(),
              l.startMs(),
              l.endMs(),
              l.wallMs(),
              l.cpuMs(),
              l.memPeakBytes(),
              l.memMeanBytes(),
              l.memReservedBytes(),
              List.of(),
              5,
              nothing.digest(),
              Held.of(l.lease(), agent.id, Bytes.of(nothing.encode())),
              0,
              List.of());
      agent.send(bench.desk(), agent.report(List.of(line), List.of()));
    }
    assertThat(view().failed()).isEqualTo(1);
  }

  @Test
  void aCountThatDiffersIsOutvoted() {
    bench.submit(1);
    long[] counts = {5, 6, 6};
    for (int i = 0; i < counts.length; i++) {
      StubAgent agent = bench.agent(11 + i);
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofSeconds(1));
      var line = agent.line(granted, granted.lease(0), "same", counts[i], 0);
      agent.send(bench.desk(), agent.report(List.of(line), List.of("same")));
    }
    assertSettled(Outcome.COUNT_DISAGREED, Outcome.ACCEPTED, Outcome.ACCEPTED);
  }

  @Test
  void aUnitWithoutAQuorumEndsAfterItsLastReplica() {
    bench.submit(1);
    for (int i = 0; i < 16; i++) {
      StubAgent agent = bench.agent(20 + i);
      bench.clock.pass(FORGOTTEN);
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      Lease lease = granted.lease(0);
      assertThat(lease.id().replica()).isEqualTo(i);
      bench.clock.pass(Duration.ofSeconds(1));
      if (i == 3) {
        bench.clock.pass(Duration.ofMinutes(11));
        continue;
      }
      var line = agent.line(granted, lease, "lie " + i, i, 0);
      agent.send(bench.desk(), agent.report(List.of(line), List.of("lie " + i)));
    }
    assertThat(view().failed()).isEqualTo(1);
    assertThat(noWork(bench.agent(50))).contains("leased or done");
    Outcome[] all = new Outcome[15];
    java.util.Arrays.fill(all, Outcome.NO_QUORUM);
    assertSettled(all);
  }

  @Test
  void theLastReplicaThatExpiresEndsTheUnit() {
    bench.submit(1);
    for (int i = 0; i < 16; i++) {
      bench.agent(20 + i).lease(bench.desk(), 1);
      bench.clock.pass(FORGOTTEN);
      bench.desk().tick().join();
    }
    assertThat(view().failed()).isEqualTo(1);
    assertThat(view().leased()).isZero();
  }

  @Test
  void aLineDecidedAfterItsMaturityIsSettledOnce() {
    bench.submit(2);
    StubAgent a = bench.agent(11);
    StubAgent.Granted granted = a.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(1));
    a.send(bench.desk(), a.honest(granted));
    bench.clock.pass(Duration.ofDays(2));
    assertThat(bench.desk().settle().join()).as("undecided").isZero();
    StubAgent b = bench.agent(12);
    StubAgent.Granted second = b.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(1));
    b.send(bench.desk(), b.honest(second));
    bench.reopen();
    assertThat(bench.desk().settle().join()).isEqualTo(2);
    assertThat(bench.desk().settle().join()).isZero();
    bench.clock.pass(Duration.ofDays(2));
    assertSettled(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ACCEPTED);
  }

  @Test
  void daysAreLoggedOnceAndNeverGoBack() {
    bench.submit(1);
    bench.clock.pass(Duration.ofDays(1));
    bench.agent(11);
    bench.clock.pass(Duration.ofDays(-1));
    bench.agent(12);
    bench.clock.pass(Duration.ofDays(3));
    bench.agent(13);
    assertThat(bench.entries().stream().filter(e -> e.kind() == Kind.DAY)).hasSize(3);
  }

  @Test
  void aSettlementThatWasAskedForIsTheDays() {
    long day = Duration.ofDays(1).toMillis();
    bench.clock.pass(Duration.ofMillis(day - bench.clock.millis() % day + day / 2));
    bench.submit(1);
    for (StubAgent agent : List.of(bench.agent(11), bench.agent(12))) {
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofSeconds(1));
      agent.send(bench.desk(), agent.honest(granted));
    }
    bench.clock.pass(Duration.ofHours(23));
    assertThat(bench.desk().settle().join()).as("not mature yet").isZero();
    bench.clock.pass(Duration.ofHours(2));
    assertThat(bench.desk().tick().join()).as("settled today already").isZero();
    bench.clock.pass(Duration.ofDays(1));
    assertThat(bench.desk().tick().join()).isEqualTo(2);
  }

  @Test
  void aTickSettlesOnceADay() {
    bench.submit(1);
    StubAgent a = bench.agent(11);
    StubAgent b = bench.agent(12);
    for (StubAgent agent : List.of(a, b)) {
      StubAgent.Granted granted = agent.lease(bench.desk(), 1);
      bench.clock.pass(Duration.ofSeconds(1));
      agent.send(bench.desk(), agent.honest(granted));
    }
    bench.desk().tick().join();
    bench.clock.pass(Duration.ofDays(1));
    assertThat(bench.desk().tick().join()).isEqualTo(2);
    assertThat(bench.desk().tick().join()).isZero();
  }

  private void assertSettled(Outcome... expected) {
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
    var entries = bench.entries();
    var outcomes = new java.util.ArrayList<Outcome>();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.USAGE) {
        outcomes.add(Bench.outcome(entries, leaf));
      }
    }
    assertThat(outcomes).containsExactly(expected);
  }

  @Test
  void aComputerThatIsLinkedMeanwhileGetsNoSecondReplicaOfAUnit() {
    bench.submit(1);
    StubAgent a = bench.agent(41);
    StubAgent.Granted first = a.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    a.send(bench.desk(), a.honest(first));
    bench.link(a);
    assertThat(bench.desk().lease(a.request(5)).join()).isInstanceOf(LeaseReply.NoWork.class);
    StubAgent b = bench.agent(42);
    assertThat(b.lease(bench.desk(), 5).grant().leases()).hasSize(1);
  }
}
