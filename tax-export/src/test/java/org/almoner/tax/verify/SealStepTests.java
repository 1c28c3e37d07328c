package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.seal.Authorities;
import org.almoner.tax.seal.IntactSeal;
import org.almoner.tax.seal.SealCheck;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.seal.Sealer;
import org.almoner.tax.seal.TimeDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a document's seal, of its time stamp, and of whether it still stands. */
class SealStepTests {
  private static final Instant ISSUED = Instant.parse("2027-02-02T00:00:00Z");

  @TempDir static Path temp;
  private static SmallLog log;
  private static Issued issued;
  private static byte[] unsealed;
  private static Authorities.Holder root;
  private static Authorities.Holder clock;

  @BeforeAll
  static void issue() throws Exception {
    log = new SmallLog(temp.resolve("log"));
    log.settle(log.report(Issued.ADA, Issued.NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    issued = Issued.from(log, SmallLog.verifierKey(), temp.resolve("one"));
    byte[] pdf = issued.pdf().toArray();
    IntactSeal seal = (IntactSeal) SealCheck.check(pdf);
    unsealed = Arrays.copyOf(pdf, seal.unsealedLength());
    root = Authorities.root("Time Root");
    clock = Authorities.forTime(root, "Clockmaker", "EC");
  }

  /** The same document, sealed at a moment and stamped then. */
  private static byte[] stamped(Instant at) throws Exception {
    try (TimeDouble time = new TimeDouble(clock, List.of(clock.certificate()), at)) {
      return Sealer.stamped(issued.key(), time.believed(List.of(root.certificate())))
          .seal(unsealed, at);
    }
  }

  private static TrustFile trusting(X509Certificate... roots) {
    return issued.trust().withTimeRoots(Arrays.stream(roots).map(TimeRoot::of).toList());
  }

  private static TrustFile revokedAt(Instant at) {
    return trusting(root.certificate())
        .withRevoked(List.of(new RevokedSeal(issued.key().fingerprint(), at.getEpochSecond())));
  }

  private static List<Step> run(byte[] pdf, TrustFile trust) {
    return DocumentCheck.of(pdf).trusting(trust).run();
  }

  private static Step last(List<Step> steps) {
    return steps.get(steps.size() - 1);
  }

  private static void assertFails(List<Step> steps, String subject, String sentence) {
    assertThat(last(steps).verdict()).as(steps.toString()).isEqualTo(Step.Verdict.FAILED);
    assertThat(last(steps).subject()).isEqualTo(subject);
    assertThat(last(steps).sentence()).contains(sentence);
  }

  @Test
  void aTimeStampUnderARootOfTheTrustFileHolds() throws Exception {
    List<Step> steps = run(stamped(ISSUED.plusSeconds(5)), trusting(root.certificate()));
    assertThat(steps).extracting(Step::verdict).containsOnly(Step.Verdict.OK);
    assertThat(steps)
        .contains(
            Step.ok(
                "time stamp",
                "\"Clockmaker\" saw the seal on 2027-02-02T00:00:05Z, while its certificate was"
                    + " valid; the document is dated 2027-02-02"));
  }

  @Test
  void aTimeStampOfAnAuthorityThatNobodyTrustsFails() throws Exception {
    byte[] pdf = stamped(ISSUED);
    X509Certificate other = Authorities.root("Other").certificate();
    assertFails(run(pdf, trusting(other)), "time stamp", "under none of the authorities");
    assertFails(run(pdf, trusting()), "time stamp", "under none of the authorities");
    assertThat(DocumentCheck.of(pdf).run())
        .filteredOn(step -> step.subject().equals("time stamp"))
        .extracting(Step::verdict)
        .containsExactly(Step.Verdict.UNKNOWN);
  }

  @Test
  void aDocumentThatWasDatedBackIsFound() throws Exception {
    assertFails(
        run(stamped(ISSUED.plus(Duration.ofDays(40))), trusting(root.certificate())),
        "time stamp",
        "is dated 2027-02-02, but its time stamp says that it was sealed on 2027-03-14: it was"
            + " dated back");
  }

  @Test
  void aStampFromBeforeTheRevocationSavesADocumentAndALaterOneDoesNot() throws Exception {
    byte[] pdf = stamped(ISSUED.plusSeconds(5));
    List<Step> steps = run(pdf, revokedAt(ISSUED.plusSeconds(6)));
    assertThat(steps).extracting(Step::verdict).containsOnly(Step.Verdict.OK);
    assertThat(steps.get(1).sentence()).contains("its time stamp shows that it was sealed before");
    assertFails(run(pdf, revokedAt(ISSUED.plusSeconds(5))), "issuer", "revoked the seal");
    assertFails(
        run(issued.pdf().toArray(), revokedAt(ISSUED.plusSeconds(6))),
        "issuer",
        "revoked the seal");
    TrustFile noRoot = revokedAt(ISSUED.plusSeconds(6)).withTimeRoots(List.of());
    assertFails(run(pdf, noRoot), "issuer", "revoked the seal");
  }

  @Test
  void aSealThatWasPutAwayHoldsForItsTermAlone() throws Exception {
    Hash seal = issued.key().fingerprint();
    byte[] pdf = issued.pdf().toArray();
    SealTerm term = new SealTerm(seal, ISSUED.getEpochSecond() - 10, SealTerm.IN_USE);
    TrustFile used = issued.trust().withSeals(List.of(seal), List.of(term));
    assertThat(run(pdf, used)).extracting(Step::verdict).containsOnly(Step.Verdict.OK);
    SealTerm ended = term.endedAt(ISSUED);
    assertThat(run(pdf, used.withSeals(List.of(seal), List.of(ended))))
        .extracting(Step::verdict)
        .containsOnly(Step.Verdict.OK);
    SealTerm before = term.endedAt(ISSUED.minusSeconds(1));
    assertFails(
        run(pdf, used.withSeals(List.of(seal), List.of(before))),
        "issuer",
        "from 2027-02-01T23:59:50Z to 2027-02-01T23:59:59Z, and this document says that it was"
            + " sealed on 2027-02-02T00:00:00Z");
  }

  @Test
  void anotherKeyOfTheSameNameIsSomebodyElse() throws Exception {
    SealKey stranger =
        SealKey.openOrCreate(
            temp.resolve("stranger.p12"), "Example", Issued.CLOCK, new SecureRandom());
    assertFails(
        run(Sealer.with(stranger).seal(unsealed, ISSUED), issued.trust()),
        "issuer",
        "somebody else sealed this file");
  }

  private static List<Step> against(SmallLog log, Issued document) {
    return DocumentCheck.of(document.pdf().toArray())
        .trusting(document.trust())
        .against(log.tiles(), log.checkpoint().format())
        .run();
  }

  @Test
  void aDocumentThatWasWithdrawnIsFoundInTheLogAlone() throws Exception {
    SmallLog own = new SmallLog(temp.resolve("own"));
    own.settle(own.report(Issued.ADA, Issued.NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    Issued document = Issued.from(own, SmallLog.verifierKey(), temp.resolve("two"));
    DocumentCheck check = DocumentCheck.of(document.pdf().toArray()).trusting(document.trust());
    check.run();
    long leaf = check.leaf().orElseThrow();
    own.fill(700);
    own.logWithdrawal(Withdrawal.cancelled(leaf + 9));
    assertThat(last(against(own, document)).sentence())
        .startsWith("it stands: none of the 70")
        .endsWith("behind its statement, entry " + leaf + ", withdraws it");
    own.log(new Day(java.time.LocalDate.of(2027, 3, 1)).entry());
    long at = own.logWithdrawal(new Withdrawal(leaf, leaf + 5));
    own.fill(10);
    assertFails(
        against(own, document),
        "register",
        "this document was replaced on 2027-03-01 (log entry "
            + at
            + "); the one that stands in its place carries the statement at entry "
            + (leaf + 5));
  }

  @Test
  void aCancelledDocumentIsSaidToBe() throws Exception {
    SmallLog own = new SmallLog(temp.resolve("own2"));
    own.settle(own.report(Issued.ADA, Issued.NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    Issued document = Issued.from(own, SmallLog.verifierKey(), temp.resolve("three"));
    DocumentCheck check = DocumentCheck.of(document.pdf().toArray());
    check.run();
    own.logWithdrawal(Withdrawal.cancelled(check.leaf().orElseThrow()));
    assertFails(against(own, document), "register", "nothing stands in its place");
  }

  @Test
  void theReportForProgramsSaysTheSame() throws Exception {
    DocumentCheck check =
        DocumentCheck.of(stamped(ISSUED.plusSeconds(5))).trusting(trusting(root.certificate()));
    List<Step> steps = check.run();
    String json =
        new String(CanonicalJson.encode(CheckReport.of(check, steps)), StandardCharsets.UTF_8);
    assertThat(json)
        .contains("\"verdict\":\"holds\"")
        .contains(
            "{\"sentence\":\"it covers the whole file and nothing was changed"
                + " since\",\"step\":\"seal\",\"verdict\":\"ok\"}")
        .contains("\"step\":\"time-stamp\"")
        .contains("\"stampedTime\":\"2027-02-02T00:00:05Z\"")
        .contains("\"number\":\"2026-000001\"");
    DocumentCheck none = DocumentCheck.of(unsealed);
    assertThat(CanonicalJson.encode(CheckReport.of(none, none.run())))
        .asString(StandardCharsets.UTF_8)
        .contains("\"verdict\":\"fails\"")
        .doesNotContain("\"statement\":{");
  }
}
