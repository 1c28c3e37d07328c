package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.receipt.Sample;
import org.almoner.tax.receipt.SignedCode;
import org.almoner.tax.receipt.StatementCode;
import org.junit.jupiter.api.Test;

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
