package org.almoner.command.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almoner.agent.run.RunOutcome;
import org.almoner.ledger.entry.Entry;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.GpuUse;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleRunTests {
  private static final long DAY_MS = 86_400_000;

  @TempDir Path folder;
  private AuditedWorld world;

  @BeforeEach
  void open() throws Exception {
    world = new AuditedWorld(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static List<String> fields(LineResult result) {
    return result.differences().stream().map(Difference::field).toList();
  }

  @Test
  void anHonestLineHolds() throws Exception {
    world.line();
    LineResult result = world.only();

    assertThat(result.differences()).isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.HELD);
    assertThat(world.runs()).isEqualTo(1);
  }

  /** A usage line with one field changed. */
  private static UsageLine with(UsageLine line, String field, long value) {
    return new UsageLine(
        line.lease(),
        line.grant(),
        line.release(),
        line.meter(),
        field.equals("startMs") ? value : line.startMs(),
        field.equals("endMs") ? value : line.endMs(),
        field.equals("wallMs") ? value : line.wallMs(),
        field.equals("cpuMs") ? value : line.cpuMs(),
        field.equals("memPeakBytes") ? value : line.memPeakBytes(),
        line.memMeanBytes(),
        field.equals("memReservedBytes") ? value : line.memReservedBytes(),
        field.equals("gpus") ? List.of(new GpuUse("Example 9000", value)) : line.gpus(),
        field.equals("count") ? value : line.count(),
        field.equals("output") ? Hash.sha256(new byte[] {(byte) value}) : line.output(),
        field.equals("held") ? Hash.sha256(new byte[] {(byte) value}) : line.held(),
        field.equals("exit") ? (int) value : line.exit(),
        field.equals("energy") ? List.of(new Energy(value, Energy.Tier.M1)) : line.energies());
  }

  /** A usage line that states another output, and is not its agent's for it. */
  static UsageLine withOutput(UsageLine line, Hash output) {
    return new UsageLine(
        line.lease(),
        line.grant(),
        line.release(),
        line.meter(),
        line.startMs(),
        line.endMs(),
        line.wallMs(),
        line.cpuMs(),
        line.memPeakBytes(),
        line.memMeanBytes(),
        line.memReservedBytes(),
        line.gpus(),
        line.count(),
        output,
        line.held(),
        line.exit(),
        line.energies());
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of("cpuMs", 20_500, 20_501, List.of("cpuMs")),
        Arguments.of("wallMs", 70_000, 70_001, List.of("wallMs")),
        Arguments.of("memPeakBytes", 4L << 30, (4L << 30) + 1, List.of("memPeakBytes")),
        Arguments.of("memReservedBytes", 16 << 20, (16 << 20) + 1, List.of("memReservedBytes")),
        Arguments.of("energy", 2_100, 2_101, List.of("energy")),
        Arguments.of(
            "endMs",
            AuditedWorld.NOON + DAY_MS / 2 + 60_000,
            AuditedWorld.NOON + DAY_MS / 2 + 60_001,
            List.of("endMs")));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void whatIsPossibleHoldsAndOneMoreDoesNot(
      String field, long most, long tooMuch, List<String> found) throws Exception {
    long within = world.line(line -> with(line, field, most));
    long beyond = world.line(line -> with(line, field, tooMuch));
    Map<Long, LineResult> results = world.audit();

    assertThat(results.get(within).differences()).isEmpty();
    assertThat(fields(results.get(beyond))).isEqualTo(found);
    assertThat(results.get(beyond).differences().get(0).states()).isEqualTo(Long.toString(tooMuch));
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of("count", List.of("agreed", "count")),
        Arguments.of("output", List.of("agreed", "output")),
        Arguments.of("held", List.of("held")),
        Arguments.of("exit", List.of("exit")),
        Arguments.of("gpus", List.of("gpus")));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aLieIsFoundByItsField(String field, List<String> found) throws Exception {
    world.line(line -> with(line, field, 77));

    assertThat(fields(world.only())).isEqualTo(found);
  }

  @Test
  void aFindingSaysWhatTheLineSaysAndWhatWasFound() throws Exception {
    world.line(line -> with(line, "count", 77));

    assertThat(world.only().differences().get(1))
        .hasToString("count: the line says 77, found: " + AuditedWorld.COUNT);
  }

  @Test
  void wallTimeBeyondTheAllotmentIsFound() throws Exception {
    UnaryOperator<UsageLine> longer =
        line ->
            with(
                with(with(line, "startMs", AuditedWorld.NOON - 660_001), "wallMs", 660_001),
                "endMs",
                AuditedWorld.NOON);
    world.line(longer);

    assertThat(fields(world.only())).containsExactly("wallMs");
  }

  @Test
  void aLineThatWasListedAsErasedIsCountedAndNotReplaced() throws Exception {
    long erased = world.line();
    world.line();
    world.erased.add(erased);
    world.problems.put(AuditedWorld.route(erased), 410);
    Sample sample = world.sample(2, folder.resolve("audit"));

    assertThat(sample.results()).hasSize(2);
    assertThat(sample.count(Verdict.ERASED)).isEqualTo(1);
    assertThat(sample.count(Verdict.HELD)).isEqualTo(1);
    assertThat(sample.holds()).as("not every line was looked at").isFalse();
    assertThat(new SampleReport(sample).table())
        .contains(
            "entry " + erased + "          erased",
            "2 of 2 lines that count were drawn: 1 held, 0 differ, 1 erased, 0 not run",
            "erased: on the operator's list of 1 lines, kept before the dice were thrown",
            "All lines were drawn, but 1 could not be looked at: at least 0 and at most 1 of the 2"
                + " lines are wrong in what a run can show.")
        .noneMatch(line -> line.contains("the coordinator says why"));
  }

  @Test
  void aLineThatIsErasedOnlyOnceItIsDrawnIsAFindingOfItsOwn() throws Exception {
    long hidden = world.line();
    world.erased.add(world.line());
    world.problems.put(AuditedWorld.route(hidden), 410);
    Sample sample = world.sample(2, folder.resolve("audit"));

    assertThat(sample.count(Verdict.ERASED_LATE)).isEqualTo(1);
    assertThat(sample.count(Verdict.ERASED)).isZero();
    assertThat(sample.count(Verdict.HELD)).as("listed, and opened all the same").isEqualTo(1);
    assertThat(sample.holds()).isFalse();
    assertThat(new SampleReport(sample).table())
        .contains(
            "entry "
                + hidden
                + "          erased-late  said to be erased after the dice were thrown",
            "2 of 2 lines that count were drawn: 1 held, 0 differ, 0 erased, 1 erased late, 0 not"
                + " run");
  }

  @Test
  void bothBoundsAreSaidWhileALineIsUnsure() throws Exception {
    for (int i = 0; i < 40; i++) {
      world.line();
    }
    Sample sure = world.sample(20, folder.resolve("audit"));
    assertThat(new SampleReport(sure).table())
        .contains(
            "With 95 % confidence: fewer than 5 of the 40 lines (12.5 %) are wrong in what a run can"
                + " show.");
    world.problems.put(AuditedWorld.route(sure.results().get(0).leaf()), 410);
    assertThat(new SampleReport(world.sample(20, folder.resolve("another"))).table())
        .contains(
            "With 95 % confidence: fewer than 7 of the 40 lines (17.5 %) are wrong in what a run can"
                + " show, if every line that could not be looked at (1) is wrong; fewer than 5 if none"
                + " of them is.");
  }

  static Stream<Arguments> gaps() {
    JsonValue otherUnit =
        JsonValue.Obj.of()
            .put("unit", 99)
            .put("output", AuditedWorld.OUTPUT.digest().toHex())
            .put("count", AuditedWorld.COUNT)
            .build();
    return Stream.of(
        Arguments.of("agreed", new JsonValue[0], Gap.AGREED_MISSING),
        Arguments.of("agreed", new JsonValue[] {otherUnit}, Gap.AGREED_MISSING),
        Arguments.of("enrolment", new JsonValue[0], Gap.ENROLMENT_MISSING));
  }

  @ParameterizedTest
  @MethodSource("gaps")
  void whatTheCoordinatorKeepsBackIsSaidAndNotTakenForHeld(
      String field, JsonValue[] instead, Gap gap) throws Exception {
    long leaf = world.line();
    world.line();
    world.withhold(leaf, field, instead);
    Sample sample = world.sample(2, folder.resolve("audit"));

    assertThat(sample.count(Verdict.HELD_IN_PART)).isEqualTo(1);
    assertThat(sample.count(Verdict.HELD)).isEqualTo(1);
    assertThat(sample.holds()).isFalse();
    SampleReport report = new SampleReport(sample);
    assertThat(report.table())
        .contains(
            "entry " + leaf + "          held-in-part " + gap.word(),
            gap.word()
                + ": 1 held only as far as a run and the other checks show; "
                + gap.sentence());
    assertThat(new String(report.json().toArray(), UTF_8))
        .contains("\"unchecked\":[\"" + gap.word() + "\"],\"verdict\":\"held-in-part\"");
  }

  @Test
  void anEnrolmentThatProvesNothingOrCameLaterBoundsNothingAndIsSaid() throws Exception {
    long unproved = world.line();
    long foreign = world.line();
    long later = world.line();
    world.withhold(unproved, "enrolment", world.enrolled(3, world.agent));
    world.withhold(foreign, "enrolment", world.enrolled(2, world.owner));
    world.withhold(later, "enrolment", world.enrolled(world.enrol(), world.agent));
    Map<Long, LineResult> results = world.audit();

    assertThat(results.get(unproved).gaps()).containsExactly(Gap.ENROLMENT_UNPROVED);
    assertThat(results.get(foreign).gaps()).containsExactly(Gap.ENROLMENT_UNPROVED);
    assertThat(results.get(later).gaps()).containsExactly(Gap.ENROLMENT_LATER);
    assertThat(results.values()).extracting(LineResult::verdict).containsOnly(Verdict.HELD_IN_PART);
  }

  @Test
  void anAcceptedLineThatTheCoordinatorCannotOpenIsAFinding() throws Exception {
    long leaf = world.line();
    world.answers.remove(AuditedWorld.route(leaf));
    LineResult result = world.only();

    assertThat(result.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(result.differences().get(0).found())
        .isEqualTo("the coordinator cannot open it: the coordinator says why");
    assertThat(world.runs()).isZero();
  }

  @Test
  void anOpeningOfSomethingElseIsAFinding() throws Exception {
    long first = world.line();
    long second = world.line();
    world.answers.put(AuditedWorld.route(first), world.answers.get(AuditedWorld.route(second)));
    JsonValue.Obj altered =
        JsonParser.parseObject(
            new String(CanonicalJson.encode(world.answers.get(AuditedWorld.route(second))), UTF_8)
                .replaceAll("\"salt\":\"..", "\"salt\":\"00")
                .getBytes(UTF_8));
    world.answers.put(AuditedWorld.route(second), altered);
    Map<Long, LineResult> results = world.audit();

    assertThat(results.get(first).differences().get(0).found())
        .isEqualTo("the coordinator opens entry " + second);
    assertThat(fields(results.get(second))).containsExactly("opening");
    assertThat(world.runs()).isZero();
  }

  @Test
  void whatIsNoAnswerAtAllIsAFinding() throws Exception {
    long leaf = world.line();
    world.answers.put(AuditedWorld.route(leaf), JsonValue.Obj.of().put("leaf", leaf).build());

    assertThat(world.only().differences().get(0).found()).contains("its answer does not fit");
  }

  @Test
  void aBatchThatIsNotShownOrNotTheLinesIsAFinding() throws Exception {
    world.line();
    world.answers.remove(world.batchRoute());
    assertThat(world.only().differences())
        .containsExactly(
            new Difference(
                "batch",
                world.batchId().toHex(),
                "the coordinator does not show the signed batch"));
  }

  @Test
  void aReleaseThatTheLogDoesNotHaveBeforeTheLineIsAFinding() throws Exception {
    Entry release = world.entries.set(1, world.entries.get(2));
    world.line();
    world.entries.add(release);
    LineResult result = world.only();

    assertThat(fields(result)).containsExactly("release");
    assertThat(result.differences().get(0).found()).startsWith("the log has no release");
  }

  @Test
  void aModuleThatIsNotGivenIsAFinding() throws Exception {
    world.line();
    world.problems.put(AuditedWorld.blobRoute(), 404);

    assertThat(fields(world.only())).containsExactly("file primes.wasm");
  }

  @Test
  void aRunThatEndsOtherwiseIsAFinding() throws Exception {
    world.line();
    world.runner =
        task ->
            AuditedWorld.ended(
                new RunOutcome.Trapped("unreachable", 5, List.of(), AuditedWorld.measured()));

    assertThat(world.only().differences())
        .containsExactly(new Difference("exit", "0", "unreachable"));
  }

  @Test
  void aRunThatThisComputerCannotFinishSaysNothingAndIsTriedAgainLater() throws Exception {
    world.line();
    AtomicBoolean slow = new AtomicBoolean(true);
    world.runner =
        task ->
            slow.get()
                ? AuditedWorld.ended(
                    new RunOutcome.TimedOut("the unit ran too long", AuditedWorld.measured()))
                : AuditedWorld.ran(AuditedWorld.OUTPUT, AuditedWorld.COUNT, task);
    LineResult result = world.only();
    assertThat(result.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(result.why()).isEqualTo("on this computer the unit ran too long");

    slow.set(false);
    assertThat(world.only().verdict()).isEqualTo(Verdict.HELD);
  }

  @Test
  void aProcessThatDiesIsStartedOnceMore() throws Exception {
    world.line();
    world.runner =
        task -> AuditedWorld.ended(new RunOutcome.Crashed("killed", AuditedWorld.measured()));

    assertThat(world.only().why()).isEqualTo("killed");
    assertThat(world.runs()).isEqualTo(Rerunner.STARTS_MAX);
  }

  @Test
  void twoLinesOfOneLeaseAreFound() throws Exception {
    long first = world.line();
    LeaseId lease = new LeaseId(world.batchId(), 0, 0);
    long second =
        world.line(
            line ->
                new UsageLine(
                    lease,
                    line.grant(),
                    line.release(),
                    line.meter(),
                    line.startMs(),
                    line.endMs(),
                    line.wallMs(),
                    line.cpuMs(),
                    line.memPeakBytes(),
                    line.memMeanBytes(),
                    line.memReservedBytes(),
                    line.gpus(),
                    line.count(),
                    line.output(),
                    Held.of(
                        lease,
                        AgentId.of(world.agent.publicKey()),
                        Bytes.of(AuditedWorld.OUTPUT.encode())),
                    line.exit(),
                    line.energies()));
    Map<Long, LineResult> results = world.audit();

    assertThat(results.get(first).verdict()).isEqualTo(Verdict.HELD);
    assertThat(results.get(second).differences())
        .containsExactly(
            new Difference("lease", lease.toString(), "entry " + first + " has it too"));
  }

  @Test
  void aLargerSampleRunsNothingTwice() throws Exception {
    for (int i = 0; i < 6; i++) {
      world.line();
    }
    Path audit = folder.resolve("audit");
    List<LineResult> few = world.sample(2, audit).results();
    assertThat(world.runs()).isEqualTo(2);
    List<LineResult> more = world.sample(5, audit).results();

    assertThat(world.runs()).isEqualTo(5);
    assertThat(more.subList(0, 2)).isEqualTo(few);
    assertThat(world.sample(100, audit).results()).hasSize(6);
  }

  @Test
  void aSampleSmallerThanWhatWasLookedAtIsRefused() throws Exception {
    for (int i = 0; i < 6; i++) {
      world.line();
    }
    Path audit = folder.resolve("audit");
    world.sample(4, audit);

    assertThatThrownBy(() -> world.sample(3, audit))
        .isInstanceOf(AuditStopped.class)
        .hasMessage(
            "this audit has looked at line 4 of its draw already, so --units takes at least 4,"
                + " got 3");
    assertThat(world.sample(4, audit).results()).hasSize(4);
  }

  @Test
  void anAuditThatIsRefusedStopsAndGoesOnLater() throws Exception {
    long leaf = world.line();
    world.problems.put(AuditedWorld.route(leaf), 401);
    assertThatThrownBy(() -> world.only())
        .isInstanceOf(AuditStopped.class)
        .hasMessageContaining("does not let this audit go on: the coordinator says why");
    world.problems.put(AuditedWorld.route(leaf), 503);
    assertThatThrownBy(() -> world.only()).hasMessageContaining("does not let this audit go on");
    world.problems.clear();
    assertThat(world.only().verdict()).isEqualTo(Verdict.HELD);
  }

  @Test
  void aLogWithoutLinesSaysNothing() throws Exception {
    Sample sample = world.sample(5, folder.resolve("audit"));

    assertThat(sample.results()).isEmpty();
    assertThat(new SampleReport(sample).table())
        .contains("No line counts under this checkpoint, so nothing can be said.");
  }

  @Test
  void aReportSaysNothingOfWhoseWorkItWasAndIsRepeatedFromItself() throws Exception {
    world.line();
    world.line(line -> with(line, "exit", 3));
    Sample sample = world.sample(2, folder.resolve("audit"));
    byte[] report = new SampleReport(sample).json().toArray();
    String text = new String(report, UTF_8);

    assertThat(text)
        .doesNotContain(world.batchId().toHex(), world.agent.publicKey().toHex())
        .doesNotContain("Ms\"")
        .endsWith("}\n");
    SampleReport.Repeated repeated = SampleReport.repeat(report);
    assertThat(repeated.note()).isEqualTo(sample.checkpoint().format());
    assertThat(repeated.dice()).isEqualTo(sample.dice());
    assertThat(repeated.erased()).isEqualTo(sample.erased());
    for (String wrong : List.of("", "{}", text.replace("sample/2", "sample/3"), text + "x")) {
      assertThatThrownBy(() -> SampleReport.repeat(wrong.getBytes(UTF_8)))
          .isInstanceOf(AuditStopped.class)
          .hasMessageStartingWith("this is no report of an audit");
    }
  }

  @Test
  void aBatchOfAnotherOwnerIsRefused() throws Exception {
    world.line();
    Envelope release = world.release();
    world.show(
        Envelope.sign(
            Envelope.Kind.BATCH,
            CanonicalJson.parse(world.batch().payload().toArray()),
            AuditedWorld.key(7)),
        release);
    assertThat(fields(world.only())).containsExactly("batch");
  }
}
