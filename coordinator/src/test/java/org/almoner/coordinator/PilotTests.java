package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first units of a batch run alone: what they tell of the rest, and what they may hold up. */
class PilotTests {
  private final Bench bench = new Bench();
  private StubAgent a;
  private StubAgent b;
  private StubAgent c;

  @BeforeEach
  void open() {
    bench.config = bench.config.withPilot(true);
    bench.open().approveOwner();
    a = bench.agent(11);
    b = bench.agent(12);
    c = bench.agent(13);
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

  private int leases(StubAgent agent) {
    return agent.lease(bench.desk(), 64).grant().leases().size();
  }

  /** Reports all leases of a grant; units for which {@code exit} gives other than 0 fail. */
  private void report(StubAgent agent, StubAgent.Granted granted, LongUnaryOperator exit) {
    bench.clock.pass(Duration.ofSeconds(2));
    List<UsageLine> lines = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (Lease lease : granted.grant().leases()) {
      String content = StubAgent.answer(lease);
      int code = (int) exit.applyAsLong(lease.id().unit());
      contents.add(content);
      lines.add(agent.line(granted, lease, content, content.length(), code));
    }
    agent.send(bench.desk(), agent.report(lines, contents));
  }

  private void pilot(LongUnaryOperator exit) {
    for (StubAgent agent : List.of(a, b)) {
      report(agent, agent.lease(bench.desk(), 64), exit);
    }
  }

  @Test
  void threeUnitsRunAloneThenTheRestIsLeased() {
    bench.submit(40);
    StubAgent.Granted first = a.lease(bench.desk(), 64);
    StubAgent.Granted second = b.lease(bench.desk(), 64);
    assertThat(first.grant().leases()).extracting(l -> l.id().unit()).containsExactly(0L, 1L, 2L);
    assertThat(second.grant().leases()).hasSize(3);
    assertThat(noWork(c)).startsWith("The first units of a batch run alone");
    report(a, first, unit -> 0);
    assertThat(noWork(c)).startsWith("The first units of a batch run alone");
    bench.reopen();
    assertThat(noWork(c)).startsWith("The first units of a batch run alone");
    report(b, second, unit -> 0);
    assertThat(leases(c)).isEqualTo(37);
  }

  @Test
  void whatTheyTookIsTheEstimateThatSizesLeases() {
    bench.submit(40);
    StubAgent.Granted one = StubAgent.granted(bench.desk(), a.request(64, 4, List.of()));
    assertThat(one.grant().leases()).as("a unit may take two minutes").hasSize(1);
    report(a, one, unit -> 0);
    report(a, a.lease(bench.desk(), 64), unit -> 0);
    report(b, b.lease(bench.desk(), 64), unit -> 0);
    bench.reopen();
    StubAgent.Granted many = StubAgent.granted(bench.desk(), c.request(64, 4, List.of()));
    assertThat(many.grant().leases()).as("each took 0.8 s").hasSize(5);
  }

  @Test
  void aComputerThatWentAwayHoldsUpNobodyForEver() {
    bench.submit(40);
    a.lease(bench.desk(), 64);
    b.lease(bench.desk(), 64);
    bench.reopen();
    bench.clock.pass(Duration.ofMinutes(11));
    bench.desk().tick().join();
    assertThat(leases(c)).isEqualTo(40);
  }

  @Test
  void oneComputerAloneGoesOnAfterTheTimeOfALease() {
    bench.submit(40);
    report(a, a.lease(bench.desk(), 64), unit -> 0);
    assertThat(noWork(a)).isNotEqualTo("granted");
    bench.clock.pass(Duration.ofMinutes(11));
    bench.desk().tick().join();
    assertThat(leases(a)).isEqualTo(37);
  }

  @Test
  void aPilotOfWhichEveryUnitFailsStopsTheBatchWithTheReason() {
    BatchId batch = bench.submit(40);
    pilot(unit -> 7);
    assertThat(view().stopped().kind()).isEqualTo(StopReason.Kind.FAILING);
    assertThat(view().stopped().sentence())
        .isEqualTo(
            "its units kept failing: all 3 units of the pilot failed, with exit code 7; 'almoner"
                + " workload logs "
                + batch.toHex()
                + "' shows each attempt");
    assertThat(view().failed()).isEqualTo(3);
    assertThat(view().done()).isTrue();
    bench.reopen();
    assertThat(view().stopped().kind()).isEqualTo(StopReason.Kind.FAILING);
    assertThat(noWork(c)).startsWith("All units are leased or done");
  }

  @Test
  void waysToFailAreToldApart() {
    bench.submit(40);
    pilot(unit -> unit == 0 ? 256 : 3);
    assertThat(view().stopped().text())
        .startsWith(
            "all 3 units of the pilot failed, stopped at a limit or trapped (exit code 256) or"
                + " with exit code 3; ");
  }

  @Test
  void oneUnitThatSucceedsOpensTheRest() {
    bench.submit(40);
    pilot(unit -> unit == 1 ? 0 : 7);
    assertThat(view().stopped()).isEqualTo(StopReason.NONE);
    assertThat(leases(c)).isEqualTo(37);
  }

  @Test
  void aBatchOfThreeUnitsIsNoPilot() {
    bench.submit(3);
    pilot(unit -> 7);
    assertThat(view().stopped()).isEqualTo(StopReason.NONE);
    assertThat(view().failed()).isEqualTo(3);
    assertThat(view().done()).isTrue();
  }

  @Test
  void aBatchOfWhichMostUnitsFailIsStoppedWhileItRuns() {
    bench.submit(200);
    pilot(unit -> 0);
    for (StubAgent agent : List.of(a, b)) {
      report(agent, agent.lease(bench.desk(), 17), unit -> unit % 2 == 0 ? 7 : 0);
    }
    assertThat(view().stopped()).as("8 of 20 failed").isEqualTo(StopReason.NONE);
    bench.reopen();
    for (StubAgent agent : List.of(a, b)) {
      report(agent, agent.lease(bench.desk(), 10), unit -> 9);
    }
    assertThat(view().stopped().text())
        .startsWith("11 of the last 20 units failed, the newest with exit code 9; ");
    assertThat(view().done()).isTrue();
  }
}
