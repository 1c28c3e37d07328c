package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.almoner.coordinator.desk.AuditedOutput;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.FileComparison;
import org.almoner.workload.compare.Form;
import org.almoner.workload.compare.Tolerance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that are the same though their octets are not. */
class CompareTests {
  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private BatchId submit(Form form, boolean counted, Tolerance... columns) {
    BatchSpec exact = bench.spec(1, 2);
    BatchSpec compared =
        new BatchSpec(
            exact.origin(),
            exact.project(),
            exact.purpose(),
            exact.release(),
            exact.units(),
            exact.inputs(),
            exact.allotment(),
            exact.outputs(),
            exact.agree(),
            0,
            new Comparison(
                List.of(new FileComparison(StubAgent.FILE, form, List.of(columns))), counted));
    return bench.desk().submit(bench.sign(compared), bench.release("1.0")).join();
  }

  /** An agent asks, runs and reports; returns the leaf of its line. */
  private long answer(long seed, String content, long count) {
    StubAgent agent = bench.agent(seed);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    Lease lease = granted.lease(0);
    StubAgent.Report report =
        agent.report(List.of(agent.line(granted, lease, content, count, 0)), List.of(content));
    return agent.send(bench.desk(), report).proven().get(0).leaf();
  }

  private Outcome settled(long leaf) {
    bench.clock.pass(Duration.ofDays(3));
    bench.desk().settle().join();
    return Bench.outcome(bench.entries(), leaf);
  }

  private BatchView view(BatchId batch) {
    return bench.desk().batch(batch).orElseThrow();
  }

  @Test
  void oneJsonValueInTwoSpellingsIsAgreedAndCounted() {
    BatchId batch = submit(Form.JSON, true);
    long one = answer(11, "{\"a\":1,\"b\":[2.50]}", 1_000);
    long other = answer(12, "{ \"b\": [25e-1], \"a\": 1.0 }\n", 1_000);
    assertThat(view(batch).accepted()).isEqualTo(1);
    assertThat(bench.desk().results(batch, 0, 1).get(0).output())
        .as("the first is delivered, as it came")
        .isEqualTo(StubAgent.bundle("{\"a\":1,\"b\":[2.50]}").digest());
    assertThat(settled(one)).isEqualTo(Outcome.ACCEPTED);
    assertThat(Bench.outcome(bench.entries(), other)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void theCountIsStillComparedUnlessTheBatchSaysAny() {
    submit(Form.JSON, true);
    answer(11, "[1]", 1_000);
    long wrong = answer(12, "[ 1 ]", 1_001);
    answer(13, "[1 ]", 1_000);
    assertThat(settled(wrong)).isEqualTo(Outcome.COUNT_DISAGREED);
    BatchId any = submit(Form.JSON, false);
    long one = answer(21, "[1]", 1_000);
    answer(22, "[ 1 ]", 1_001);
    assertThat(view(any).accepted()).isEqualTo(1);
    assertThat(settled(one)).isEqualTo(Outcome.ACCEPTED_OUTPUT);
  }

  @Test
  void whatIsNoJsonIsNoResult() {
    BatchId batch = submit(Form.JSON, true);
    answer(11, "{", 1_000);
    answer(12, "{", 1_000);
    assertThat(view(batch).accepted()).isZero();
    assertThat(view(batch).failed()).isEqualTo(1);
  }

  private List<String> faults(BatchId batch) {
    return bench.desk().units(batch, 0, 1, EnumSet.allOf(UnitView.State.class)).units().stream()
        .flatMap(unit -> unit.attempts().stream())
        .map(attempt -> ((UnitView.Attempt.Logged) attempt).fault())
        .toList();
  }

  @Test
  void theStoryOfAUnitSaysWhyItsResultsAreNone() {
    BatchId json = submit(Form.JSON, true);
    answer(11, "{", 1_000);
    answer(12, "[1]", 1_000);
    assertThat(faults(json))
        .containsExactly(
            StubAgent.FILE
                + ": is no JSON that is compared, at character 1: expected a member's name in"
                + " quotes",
            "");
    bench.desk().cancel(json).join();
    BatchId csv = submit(Form.CSV, true);
    answer(21, "a,b\n\"1", 1_000);
    assertThat(faults(csv))
        .containsExactly(StubAgent.FILE + ": line 2 has a quote that is not closed");
  }

  @Test
  void theStoryLooksIntoLargeOutputsToo() {
    BatchId numbers = submit(Form.NUMBERS, true, Tolerance.parse("0.02"));
    sendBlob(21, "1 ".repeat(8_180));
    bench.reopen();
    assertThat(faults(numbers).get(0))
        .startsWith(StubAgent.FILE + ": numbers are compared in outputs of at most 16384 octets")
        .contains("; this one has 16");
  }

  @Test
  void theStorySaysWhichFileIsNotThere() {
    BatchId json = submit(Form.JSON, true);
    StubAgent agent = bench.agent(11);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    OutputBundle other =
        new OutputBundle(
            List.of(new OutputBundle.OutputFile(new BundlePath("log.txt"), Bytes.utf8("done"))));
    UsageLine line = agent.line(granted, granted.lease(0), other, 1_000, 0);
    agent.send(bench.desk(), agent.reportOf(List.of(line), List.of(other)));
    assertThat(faults(json)).containsExactly(StubAgent.FILE + ": was not left in /out");
  }

  @Test
  void anAuditorReadsTheLinesOutputAndItsUnitsResultAndNoOther() {
    submit(Form.JSON, true);
    long one = answer(11, "[1]", 1_000);
    long other = answer(12, "[ 1 ]", 1_000);
    Hash first = StubAgent.bundle("[1]").digest();
    Hash second = StubAgent.bundle("[ 1 ]").digest();
    bench.reopen();
    assertThat(bench.desk().auditedOutput(other, second))
        .contains(new AuditedOutput.Inline(Bytes.of(StubAgent.bundle("[ 1 ]").encode())));
    assertThat(bench.desk().auditedOutput(other, first))
        .as("the unit's result")
        .contains(new AuditedOutput.Inline(Bytes.of(StubAgent.bundle("[1]").encode())));
    assertThat(bench.desk().auditedOutput(one, second)).as("another line's").isEmpty();
    assertThat(bench.desk().auditedOutput(0, first)).as("no line").isEmpty();
    assertThat(bench.desk().auditedOutput(1_000, first)).as("no entry").isEmpty();
  }

  @Test
  void anAuditorIsShownWhereALargeOutputLies() {
    BatchId batch = submit(Form.JSON, true);
    String large = "[" + "1, ".repeat(20_000) + "1]";
    long leaf = sendBlob(11, large);
    Hash output = StubAgent.bundle(large).digest();
    assertThat(view(batch).reported()).isEqualTo(1);
    assertThat(bench.desk().auditedOutput(leaf, output)).contains(new AuditedOutput.Blob(output));
  }

  @Test
  void closeNumbersAreAgreedAsOutputAlone() {
    BatchId batch = submit(Form.NUMBERS, true, Tolerance.parse("0.01"));
    long one = answer(11, "1.000 2\n", 1_000);
    bench.reopen();
    long other = answer(12, "1.009 2.01\n", 1_000);
    assertThat(view(batch).accepted()).isEqualTo(1);
    assertThat(settled(one)).isEqualTo(Outcome.ACCEPTED_OUTPUT);
    assertThat(Bench.outcome(bench.entries(), other)).isEqualTo(Outcome.ACCEPTED_OUTPUT);
  }

  @Test
  void numbersThatAreNotCloseAreOutvotedByThoseThatAre() {
    BatchId batch = submit(Form.NUMBERS, true, Tolerance.parse("0.01"));
    answer(11, "1.00", 1_000);
    long wrong = answer(12, "1.02", 1_000);
    assertThat(view(batch).accepted()).isZero();
    bench.reopen();
    answer(13, "0.99", 1_000);
    assertThat(view(batch).accepted()).isEqualTo(1);
    assertThat(bench.desk().results(batch, 0, 1).get(0).output())
        .isEqualTo(StubAgent.bundle("1.00").digest());
    bench.reopen();
    assertThat(settled(wrong)).isEqualTo(Outcome.OUTPUT_DISAGREED);
  }

  @Test
  void anOutputTooLargeForNumbersIsNoResult() {
    BatchId fits = submit(Form.NUMBERS, true, Tolerance.parse("0.01"));
    answer(11, "1 ".repeat(8_170), 1_000);
    answer(12, "1 ".repeat(8_170), 1_000);
    assertThat(view(fits).accepted()).isEqualTo(1);
    BatchId larger = submit(Form.NUMBERS, true, Tolerance.parse("0.02"));
    sendBlob(21, "1 ".repeat(8_180));
    sendBlob(22, "1 ".repeat(8_180));
    assertThat(view(larger).accepted()).isZero();
    assertThat(view(larger).failed()).isEqualTo(1);
  }

  @Test
  void aLargeOutputIsComparedAsJsonToo() {
    BatchId batch = submit(Form.JSON, true);
    sendBlob(11, "[" + "1, ".repeat(20_000) + "1]");
    sendBlob(12, "[" + "1,".repeat(20_000) + "1.0]");
    assertThat(view(batch).accepted()).isEqualTo(1);
  }

  private long sendBlob(long seed, String content) {
    StubAgent agent = bench.agent(seed);
    StubAgent.Granted granted = agent.lease(bench.desk(), 1);
    bench.clock.pass(Duration.ofSeconds(1));
    bench.blobs.send(agent.id, StubAgent.bundle(content).encode());
    UsageLine line = agent.line(granted, granted.lease(0), content, 1_000, 0);
    StubAgent.Report report = agent.report(List.of(line), List.of());
    return agent.send(bench.desk(), report).proven().get(0).leaf();
  }
}
