package org.almoner.command.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.FileComparison;
import org.almoner.workload.compare.Form;
import org.almoner.workload.compare.Tolerance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines whose outputs need not be the same octets as another run's, or as the unit's result. */
class SampleComparedTests {
  private static final long OTHER_COUNT = AuditedWorld.COUNT + 1;

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

  private static Comparison by(Form form, boolean counted) {
    List<Tolerance> columns =
        form == Form.NUMBERS ? List.of(Tolerance.TEXT, Tolerance.parse("0.1")) : List.of();
    return new Comparison(List.of(new FileComparison("primes.txt", form, columns)), counted);
  }

  private static List<String> fields(LineResult result) {
    return result.differences().stream().map(Difference::field).toList();
  }

  /**
   * The one line left {@code left}; its unit's result is {@code agreed}; a run leaves {@code ran}.
   */
  private LineResult result(String left, String agreed, String ran, long count) throws Exception {
    long leaf = world.line(AuditedWorld.bundle(left), AuditedWorld.COUNT);
    world.agreed(leaf, 0, AuditedWorld.bundle(agreed), count);
    OutputBundle leaves = AuditedWorld.bundle(ran);
    world.runner = task -> AuditedWorld.ran(leaves, count, task);
    return world.only();
  }

  /** Form, three spellings of one thing, and something else. */
  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of(Form.JSON, "{\"a\":1}", "{ \"a\" : 1.0 }", "{\"a\":1e0}", "{\"a\":2}"),
        Arguments.of(Form.CSV, "a,b\n1,2\n", "a,\"b\"\r\n1,2", "\"a\",b\n1,2\n", "a,b\n1,3\n"),
        Arguments.of(Form.NUMBERS, "x 1.00\n", "x 1.05\n", "x  0.95", "x 1.11\n"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anHonestLineInAnotherSpellingHolds(
      Form form, String left, String agreed, String ran, String other) throws Exception {
    world.compare(by(form, true));
    LineResult result = result(left, agreed, ran, AuditedWorld.COUNT);

    assertThat(result.differences()).isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.HELD);
    assertThat(result.compared()).containsExactly(form.word());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aRunThatLeavesSomethingElseIsAFinding(
      Form form, String left, String agreed, String ran, String other) throws Exception {
    world.compare(by(form, true));
    LineResult result = result(left, agreed, other, AuditedWorld.COUNT);

    assertThat(fields(result)).containsExactly("output");
    assertThat(result.differences().get(0).found())
        .isEqualTo(AuditedWorld.bundle(other).digest().toHex());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aLineThatIsNotItsUnitsResultIsAFinding(
      Form form, String left, String agreed, String ran, String other) throws Exception {
    world.compare(by(form, true));

    assertThat(fields(result(left, other, ran, AuditedWorld.COUNT))).containsExactly("agreed");
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void whereAnyCountWillDoAnotherIsNoFinding(Form form) throws Exception {
    String left = form == Form.JSON ? "{}" : "x 1\n";
    world.compare(by(form, false));
    LineResult result = result(left, left, left, OTHER_COUNT);

    assertThat(result.verdict()).isEqualTo(Verdict.HELD);
    assertThat(result.compared()).containsExactly(form.word(), OutputMatch.ANY_COUNT);
  }

  @Test
  void whereCountsMustBeTheSameAnotherIsAFinding() throws Exception {
    world.compare(by(Form.JSON, true));

    assertThat(fields(result("{}", "{ }", "{}", OTHER_COUNT))).containsExactly("agreed", "count");
  }

  @Test
  void whatTheLineLeftAndCannotBeComparedIsAFinding() throws Exception {
    world.compare(by(Form.JSON, true));
    LineResult result = result("no json", "{}", "{}", AuditedWorld.COUNT);

    assertThat(fields(result)).containsExactly("agreed", "output");
    assertThat(result.differences().get(1).found())
        .startsWith("what the line left cannot be compared: primes.txt: is no JSON");
  }

  @Test
  void whatWasSignedAsHeldIsWorkedOutFromWhatTheLineLeft() throws Exception {
    world.compare(by(Form.JSON, true));
    OutputBundle stated = AuditedWorld.bundle("{ }");
    world.line(line -> SampleRunTests.withOutput(line, stated.digest()));
    world.outputs.put(stated.digest().toHex(), Bytes.of(stated.encode()));
    OutputBundle other = AuditedWorld.bundle("{}");
    world.runner = task -> AuditedWorld.ran(other, AuditedWorld.COUNT, task);

    assertThat(fields(world.only())).contains("held").doesNotContain("output");
  }

  @Test
  void anOutputThatTheCoordinatorKeepsBackIsNotTakenForGood() throws Exception {
    world.compare(by(Form.JSON, true));
    OutputBundle left = AuditedWorld.bundle("{ }");
    long leaf = world.line(left, AuditedWorld.COUNT);
    world.agreed(leaf, 0, AuditedWorld.bundle("{}"), AuditedWorld.COUNT);
    world.outputs.remove(left.digest().toHex());
    OutputBundle ran = AuditedWorld.bundle("{  }");
    world.runner = task -> AuditedWorld.ran(ran, AuditedWorld.COUNT, task);
    LineResult result = world.only();

    assertThat(result.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(result.why()).startsWith("the coordinator does not show what the line left");
    assertThat(result.gaps()).containsExactly(Gap.OUTPUT_MISSING);
  }

  @Test
  void octetsOfAnotherDigestAreNotTakenForTheOutput() throws Exception {
    world.compare(by(Form.JSON, true));
    OutputBundle left = AuditedWorld.bundle("{\"a\": 2}");
    long leaf = world.line(left, AuditedWorld.COUNT);
    world.agreed(leaf, 0, left, AuditedWorld.COUNT);
    OutputBundle ran = AuditedWorld.bundle("{\"a\":1}");
    world.outputs.put(left.digest().toHex(), Bytes.of(ran.encode()));
    world.runner = task -> AuditedWorld.ran(ran, AuditedWorld.COUNT, task);

    assertThat(world.only().verdict()).isEqualTo(Verdict.NOT_RUN);
  }

  @Test
  void theReportSaysWhichComparisonWasUsed() throws Exception {
    world.compare(by(Form.NUMBERS, false));
    long leaf = world.line();
    SampleReport report = new SampleReport(world.sample(1, folder.resolve("audit")));

    assertThat(report.table())
        .contains("entry " + leaf + "          held         compared by numbers, any count");
    assertThat(new String(report.json().toArray(), UTF_8))
        .contains("{\"compared\":[\"numbers\",\"any count\"],\"leaf\":" + leaf);
  }

  @Test
  void aLineThatWasRuledUponNeedNotBeItsUnitsResult() throws Exception {
    long outvoted = world.line();
    world.agreed(outvoted, 0, AuditedWorld.bundle("another"), OTHER_COUNT);
    world.settled.put(outvoted, Outcome.ACCEPTED_RULED);
    long undecided = world.line();
    world.withhold(undecided, "agreed");
    world.settled.put(undecided, Outcome.ACCEPTED_RULED);

    assertThat(world.audit().values())
        .extracting(LineResult::verdict)
        .containsExactly(Verdict.HELD, Verdict.HELD);
  }

  @Test
  void aLineThatWasAcceptedAloneIsItsUnitsResultItself() throws Exception {
    world.nextDay();
    long alone = world.line();
    long replaced = world.line();
    long hidden = world.line();
    for (long leaf : List.of(alone, replaced, hidden)) {
      world.settled.put(leaf, Outcome.ACCEPTED_ALONE);
    }
    world.agreed(replaced, 1, AuditedWorld.bundle("another"), AuditedWorld.COUNT);
    world.withhold(hidden, "agreed");
    var results = world.audit();

    assertThat(results.get(alone).verdict()).isEqualTo(Verdict.HELD);
    assertThat(fields(results.get(replaced))).containsExactly("agreed");
    assertThat(results.get(hidden).gaps()).containsExactly(Gap.AGREED_MISSING);
  }
}
