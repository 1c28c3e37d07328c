package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.receipt.Sample;
import org.almoner.tax.receipt.SignedCode;
import org.almoner.tax.receipt.StatementCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCheckTests {
  private static final String ORIGIN = "log.estuary.example/2026";
  private static final Ed25519NoteSigner KEY =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32]));
  private static final String TEXT =
      SignedCode.sign(StatementCode.of(new Sample().page()), KEY).text();

  private static TrustFile trust(BelievedKey key) {
    return new TrustFile(
        "Open Estuary", new BelievedLog(List.of(key)), List.of(Hash.ZERO), WitnessPolicy.NOBODY);
  }

  private static List<Step.Verdict> verdicts(List<Step> steps) {
    return steps.stream().map(Step::verdict).toList();
  }

  @Test
  void aCodeOfTheLogInTheTrustFileHolds() {
    List<Step> steps = CodeCheck.of(TEXT).trusting(trust(new BelievedKey(KEY.verifier()))).run();
    assertThat(verdicts(steps)).containsExactly(Step.Verdict.OK, Step.Verdict.OK);
    assertThat(steps.get(1).sentence())
        .contains("number 2026-000417", "2026-01-01 to 2026-12-31", "results 4806 of 4842");
  }

  @Test
  void withoutATrustFileTheIssuerIsUnknown() {
    assertThat(verdicts(CodeCheck.of(TEXT).run()))
        .containsExactly(Step.Verdict.UNKNOWN, Step.Verdict.OK);
  }

  /** A document of Ada's in {@code log}, as its paper has it. */
  private static String paper(SmallLog log, long leaf) {
    StatementCode any = StatementCode.of(new Sample().page());
    Checkpoint now = log.checkpoint().checkpoint();
    StatementCode of =
        new StatementCode(
            any.number(),
            SmallLog.ORIGIN,
            any.donor(),
            any.from(),
            any.to(),
            any.totals(),
            any.accepted(),
            any.returned(),
            leaf,
            now.size(),
            now.root(),
            any.lines());
    return SignedCode.sign(of, new Ed25519NoteSigner(SmallLog.ORIGIN, SmallLog.LOG_KEY)).text();
  }

  private static List<Step> steps(String text, SmallLog log) {
    return CodeCheck.of(text)
        .trusting(trust(new BelievedKey(SmallLog.verifierKey())))
        .against(log.tiles(), log.checkpoint().format())
        .run();
  }

  @Test
  void theLogSaysThatADocumentWasReplacedOrCancelledSince(@TempDir Path temp) throws Exception {
    SmallLog log = new SmallLog(temp.resolve("log"));
    log.fill(3);
    String first = paper(log, 1);
    String second = paper(log, 2);
    assertThat(verdicts(steps(first, log))).containsOnly(Step.Verdict.OK).hasSize(4);

    log.log(new Withdrawal(1, 2).entry());
    assertThat(steps(first, log))
        .last()
        .matches(step -> step.verdict() == Step.Verdict.FAILED)
        .matches(step -> step.subject().equals("register"))
        .matches(step -> step.sentence().contains("this document was replaced"));
    assertThat(verdicts(steps(second, log))).containsOnly(Step.Verdict.OK);

    log.log(Withdrawal.cancelled(2).entry());
    assertThat(steps(second, log).get(2).sentence()).contains("this document was cancelled");
  }

  @Test
  void aLogThatIsOlderThanTheCodeTellsNothingOfIt(@TempDir Path temp) throws Exception {
    SmallLog log = new SmallLog(temp.resolve("log"));
    log.fill(3);
    String before = log.checkpoint().format();
    log.fill(2);
    List<Step> steps =
        CodeCheck.of(paper(log, 1))
            .trusting(trust(new BelievedKey(SmallLog.verifierKey())))
            .against(log.tiles(), before)
            .run();
    assertThat(steps.get(2).sentence()).contains("it was rolled back, or this copy is old");
  }

  @Test
  void aChangedFigureFails() {
    assertThat(
            verdicts(
                CodeCheck.of(TEXT.replace("4806 4842", "4807 4842"))
                    .trusting(trust(new BelievedKey(KEY.verifier())))
                    .run()))
        .containsExactly(Step.Verdict.FAILED);
  }

  @Test
  void aKeyThatMayHaveBeenStolenProvesNothing() {
    List<Step> steps =
        CodeCheck.of(TEXT).trusting(trust(new BelievedKey(KEY.verifier(), 1_900_000_000))).run();
    assertThat(verdicts(steps)).containsExactly(Step.Verdict.FAILED);
    assertThat(steps.get(0).sentence()).contains("may have been stolen");
  }

  @Test
  void aLogThatTheTrustFileLacksFails() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    Ed25519NoteSigner other = new Ed25519NoteSigner("log.other.example", SigningKey.of(seed));
    assertThat(CodeCheck.of(TEXT).trusting(trust(new BelievedKey(other.verifier()))).run().get(0))
        .matches(step -> step.verdict() == Step.Verdict.FAILED)
        .matches(step -> step.sentence().contains("which the trust file lacks"));
  }

  @Test
  void whatIsNoCodeIsSaid() {
    assertThat(CodeCheck.of("hello").run().get(0).verdict()).isEqualTo(Step.Verdict.FAILED);
  }
}
