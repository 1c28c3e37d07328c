package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No computer is believed to have worked longer than its processors can. */
class MachineTests {
  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
    bench.submit(20);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** An agent on a machine with so many processors, to whose units two are granted. */
  private StubAgent machine(long seed, int cores) {
    StubAgent agent = new StubAgent(Bench.ORIGIN, seed);
    bench.desk().enrol(agent.enrolment(cores)).join();
    return agent;
  }

  private static StubAgent.Report one(StubAgent agent, StubAgent.Granted granted, int index) {
    Lease lease = granted.lease(index);
    String content = StubAgent.answer(lease);
    UsageLine line = agent.line(granted, lease, content, content.length() * 1_000L, 0);
    return agent.report(List.of(line), List.of(content));
  }

  private Refusal refused(StubAgent.Report report) {
    return Bench.refusal(bench.desk().report(report.envelope(), report.outputs(), 0));
  }

  @Test
  void linesOfOneReportThatRanAtOnceOnTooManyProcessorsAreRefusedWithTheFigures() {
    StubAgent agent = machine(11, 4);
    StubAgent.Granted granted = agent.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(60));
    Refusal refusal = refused(agent.honest(granted));
    assertThat(refusal.problem().slug()).isEqualTo("leases-overlap");
    assertThat(refusal.problem().detail()).contains("takes 6 processors", "enrolled with 4");
    StubAgent.Report two = one(agent, granted, 0);
    agent.send(bench.desk(), two);
    agent.send(bench.desk(), one(agent, granted, 1));
  }

  @Test
  void linesOneAfterTheOtherInOneReportAreTaken() {
    StubAgent agent = machine(11, 2);
    StubAgent.Granted granted = agent.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(60));
    List<UsageLine> lines = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String content = StubAgent.answer(granted.lease(i));
      UsageLine line = agent.line(granted, granted.lease(i), content, 1_000, 0);
      lines.add(later(line, i * 900L));
      contents.add(content);
    }
    agent.send(bench.desk(), agent.report(lines, contents));
  }

  @Test
  void reportsThatTogetherTakeMoreThanThereWasAreRefusedWithTheFigures() {
    StubAgent agent = machine(11, 2);
    StubAgent.Granted granted = agent.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), one(agent, granted, 0));
    Refusal refusal = refused(one(agent, granted, 1));
    assertThat(refusal.problem().slug()).isEqualTo("time-beyond-machine");
    assertThat(refusal.problem().detail())
        .contains("wallMs 900 on 2 granted cores", "2 enrolled ones had 200 ms free");
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), one(agent, granted, 1));
  }

  @Test
  void theAccountOutlivesARestart() {
    StubAgent agent = machine(11, 2);
    StubAgent.Granted granted = agent.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), one(agent, granted, 0));
    bench.reopen();
    assertThat(refused(one(agent, granted, 1)).problem().slug()).isEqualTo("time-beyond-machine");
  }

  @Test
  void moreProcessorsAreWorthNothingBeforeTheyWereEnrolled() {
    StubAgent agent = machine(11, 2);
    StubAgent.Granted granted = agent.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), one(agent, granted, 0));
    bench.desk().enrol(agent.enrolment(64)).join();
    assertThat(refused(one(agent, granted, 1)).problem().slug()).isEqualTo("time-beyond-machine");
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), one(agent, granted, 1));
  }

  @Test
  void aMachineThatRestedLongHasNoMoreThanItsLeasesHad() {
    StubAgent agent = machine(11, 2);
    bench.clock.pass(Duration.ofDays(300));
    StubAgent.Granted granted = agent.lease(bench.desk(), 3);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), one(agent, granted, 0));
    assertThat(refused(one(agent, granted, 1)).problem().slug()).isEqualTo("time-beyond-machine");
  }

  @Test
  void aCountThatNoProcessorReachesIsRefusedWithTheFigures() {
    StubAgent agent = machine(11, 8);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    long most = (800 + 500) * 100_000_000L;
    Refusal refusal = refused(agent.honest(granted, line -> StubAgent.counting(line, most + 1)));
    assertThat(refusal.problem().slug()).isEqualTo("count-beyond-speed");
    assertThat(refusal.problem().detail()).contains("800 ms", "more than " + most);
    agent.send(bench.desk(), agent.honest(granted, line -> StubAgent.counting(line, most)));
  }

  @Test
  void aClockThatIsWrongIsToldByHowMuch() {
    StubAgent agent = machine(11, 8);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    Refusal refusal = refused(agent.honest(granted, line -> later(line, 3_600_000)));
    assertThat(refusal.problem().slug()).isEqualTo("time-outside-lease");
    assertThat(refusal.problem().detail()).contains("3599900 ms later than now", "time server");
  }

  @Test
  void gapsAreCounted() {
    StubAgent agent = machine(11, 8);
    StubAgent.Granted granted = agent.lease(bench.desk(), 2);
    bench.clock.pass(Duration.ofSeconds(1));
    agent.send(bench.desk(), one(agent, granted, 0));
    assertThat(bench.desk().gaps()).isZero();
    agent.seq += 2;
    agent.send(bench.desk(), one(agent, granted, 1));
    assertThat(bench.desk().gaps()).isEqualTo(1);
  }

  private static UsageLine later(UsageLine line, long byMs) {
    return new UsageLine(
        line.lease(),
        line.grant(),
        line.release(),
        line.meter(),
        line.startMs() + byMs,
        line.endMs() + byMs,
        line.wallMs(),
        line.cpuMs(),
        line.memPeakBytes(),
        line.memMeanBytes(),
        line.memReservedBytes(),
        line.gpus(),
        line.count(),
        line.output(),
        line.held(),
        line.exit(),
        List.of());
  }
}
