package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.ProvenLine;
import org.almoner.tax.issue.SmallLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentCheckTests {
  private static final DonorId ADA = Issued.ADA;
  private static final long NOVEMBER = Issued.NOVEMBER;

  @TempDir Path temp;
  private SmallLog log;
  private long accepted;
  private byte[] pdf;
  private byte[] evidence;
  private TrustFile trust;

  @BeforeEach
  void issue() throws Exception {
    log = new SmallLog(temp.resolve("log"));
    List<Long> leaves = log.report(ADA, NOVEMBER, 3);
    accepted = leaves.get(0);
    log.settle(accepted, Outcome.ACCEPTED);
    log.settle(leaves.get(1), Outcome.COUNT_DISAGREED);
    trust = issueFrom(log, SmallLog.verifierKey(), temp.resolve("one"));
  }

  @Test
  void everythingHoldsWithTrustEvidenceAndLog() {
    List<Step> steps =
        DocumentCheck.of(pdf)
            .trusting(trust)
            .withEvidence(evidence)
            .against(log.tiles(), log.checkpoint().format())
            .run();
    assertThat(steps).extracting(Step::verdict).containsOnly(Step.Verdict.OK);
    assertThat(steps)
        .extracting(Step::subject)
        .containsExactly(
            "seal", "issuer", "log entry", "totals", "evidence", "log now", "register");
    assertThat(steps.get(4).sentence())
        .isEqualTo(
            "3 lines opened and proved in the log, 1 accepted; they add up to the statement's"
                + " totals");
  }

  @Test
  void withoutATrustFileItIsConsistentInItselfAndItsIssuerUnknown() {
    List<Step> steps = DocumentCheck.of(pdf).withEvidence(evidence).run();
    assertThat(steps)
        .extracting(Step::verdict)
        .containsExactly(
            Step.Verdict.OK,
            Step.Verdict.UNKNOWN,
            Step.Verdict.OK,
            Step.Verdict.OK,
            Step.Verdict.OK);
    assertThat(steps.get(1).sentence()).startsWith("consistent in itself, issuer unknown");
  }

  @Test
  void aSecondCoordinatorOfTheSameNameFailsUnderTheFirstOnesTrustFile() throws Exception {
    SigningKey otherKey = SigningKey.of(Hash.sha256(new byte[] {5}).toArray());
    SmallLog other = new SmallLog(temp.resolve("log2"), otherKey);
    other.settle(other.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    TrustFile othersTrust =
        issueFrom(
            other, new VerifierKey(SmallLog.ORIGIN, otherKey.publicKey()), temp.resolve("two"));

    assertFails(DocumentCheck.of(pdf).trusting(trust).run(), "issuer", "somebody else sealed");
    assertThat(DocumentCheck.of(pdf).trusting(othersTrust).run())
        .extracting(Step::verdict)
        .containsOnly(Step.Verdict.OK);
    TrustFile sealOfTheOther =
        new TrustFile("Example", trust.log(), othersTrust.seals(), WitnessPolicy.NOBODY);
    assertFails(
        DocumentCheck.of(pdf).trusting(sealOfTheOther).run(), "log entry", "proof does not hold");
  }

  @Test
  void aDocumentNeedsTheWitnessesThatTheTrustFileAsksFor() throws Exception {
    Cosigner one = new Cosigner("one.example", SigningKey.of(Hash.sha256().toArray()));
    Cosigner two = new Cosigner("two.example", SigningKey.of(Hash.ZERO.toArray()));
    String both =
        "witness one "
            + one.verifier().format()
            + "\nwitness two "
            + two.verifier().format()
            + "\ngroup both %s one two\nquorum both\n";
    assertFails(DocumentCheck.of(pdf).trusting(asking(both, "any")).run(), "witnesses", "none");

    SmallLog witnessed = new SmallLog(temp.resolve("log4"));
    witnessed.witnessedBy(one);
    witnessed.settle(witnessed.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    trust = issueFrom(witnessed, SmallLog.verifierKey(), temp.resolve("four"));
    assertThat(DocumentCheck.of(pdf).trusting(asking(both, "any")).run())
        .contains(Step.ok("witnesses", "signed under the statement's checkpoint: one"))
        .extracting(Step::verdict)
        .containsOnly(Step.Verdict.OK);
    assertFails(DocumentCheck.of(pdf).trusting(asking(both, "all")).run(), "witnesses", "one");
    Cosigner impostor = new Cosigner("one.example", SigningKey.of(Hash.ZERO.toArray()));
    assertFails(
        DocumentCheck.of(pdf)
            .trusting(asking("witness one " + impostor.verifier().format() + "\nquorum one", ""))
            .run(),
        "witnesses",
        "none");
  }

  @Test
  void theLogOfTodayNeedsTheWitnessesToo() throws Exception {
    Cosigner one = new Cosigner("one.example", SigningKey.of(Hash.sha256().toArray()));
    SmallLog witnessed = new SmallLog(temp.resolve("log6"));
    witnessed.witnessedBy(one);
    witnessed.settle(witnessed.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    trust = issueFrom(witnessed, SmallLog.verifierKey(), temp.resolve("six"));
    TrustFile asking = asking("witness one " + one.verifier().format() + "\nquorum one", "");
    String signed = witnessed.witnessed().format();
    String bare = witnessed.checkpoint().format();
    assertThat(DocumentCheck.of(pdf).trusting(asking).against(witnessed.tiles(), signed).run())
        .extracting(Step::verdict)
        .containsOnly(Step.Verdict.OK);
    assertFails(
        DocumentCheck.of(pdf).trusting(asking).against(witnessed.tiles(), bare).run(),
        "log now",
        "none signed the log's checkpoint");
  }

  /** The document under a log whose only key was stolen at that moment. */
  private List<Step> underAStolenKey(long revokedAt, WitnessPolicy witnesses) {
    BelievedLog stolen =
        new BelievedLog(List.of(new BelievedKey(SmallLog.verifierKey(), revokedAt)));
    return DocumentCheck.of(pdf)
        .trusting(new TrustFile(trust.charity(), stolen, trust.seals(), witnesses))
        .withEvidence(evidence)
        .run();
  }

  @Test
  void underAStolenKeyOnlyWhatTheQuorumSignedBeforeCounts() throws Exception {
    Cosigner one = new Cosigner("one.example", SigningKey.of(Hash.sha256().toArray()));
    WitnessPolicy policy =
        WitnessPolicy.parse("witness one " + one.verifier().format() + "\nquorum one");
    assertFails(
        underAStolenKey(4_000_000_000L, WitnessPolicy.NOBODY),
        "log entry",
        "nothing shows that this checkpoint is older");
    assertFails(
        underAStolenKey(
            4_000_000_000L,
            WitnessPolicy.parse("witness one " + one.verifier().format() + "\nquorum none")),
        "log entry",
        "nothing shows that this checkpoint is older");
    SmallLog witnessed = new SmallLog(temp.resolve("log5"));
    witnessed.witnessedBy(one);
    witnessed.settle(witnessed.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    trust = issueFrom(witnessed, SmallLog.verifierKey(), temp.resolve("five"));
    long signedAt = 1_800_000_000; // as SmallLog has it
    assertFails(underAStolenKey(signedAt, policy), "log entry", "before that moment none signed");
    assertThat(underAStolenKey(signedAt + 1, policy))
        .extracting(Step::verdict)
        .containsOnly(Step.Verdict.OK);
  }

  @Test
  void aDocumentOfAClosedLogHoldsUpToItsLastCheckpoint() throws Exception {
    SigningKey nextKey = SigningKey.of(Hash.sha256(new byte[] {6}).toArray());
    VerifierKey next = new VerifierKey("log.example/2027", nextKey.publicKey());
    BelievedLog closed = BelievedLog.of(List.of(SmallLog.verifierKey()));
    for (boolean whole : new boolean[] {true, false}) {
      String last = whole ? log.checkpoint().format() : EvidenceZip.read(evidence).checkpoint();
      TrustFile after =
          new TrustFile(
              trust.charity(),
              BelievedLog.of(List.of(next)),
              trust.seals(),
              WitnessPolicy.NOBODY,
              List.of(FormerLog.of(closed, last, "lost", WitnessPolicy.NOBODY)),
              List.of());
      List<Step> steps = DocumentCheck.of(pdf).trusting(after).withEvidence(evidence).run();
      if (whole) {
        assertThat(steps).extracting(Step::verdict).containsOnly(Step.Verdict.OK);
        assertThat(steps).extracting(Step::subject).contains("former log");
      } else {
        assertFails(steps, "log entry", "beside or beyond it does not count");
      }
    }
    TrustFile without =
        new TrustFile(
            trust.charity(), BelievedLog.of(List.of(next)), trust.seals(), WitnessPolicy.NOBODY);
    assertFails(DocumentCheck.of(pdf).trusting(without).run(), "log entry", "is none of Example's");
  }

  @Test
  void aDocumentUnderARevokedSealIsRefused() {
    TrustFile revoked =
        new TrustFile(
            trust.charity(),
            trust.log(),
            trust.seals(),
            trust.witnesses(),
            List.of(),
            List.of(new RevokedSeal(trust.seals().get(0), 1_795_132_800)));
    assertFails(
        DocumentCheck.of(pdf).trusting(revoked).run(), "issuer", "as of 2026-11-20T00:00:00Z");
  }

  private TrustFile asking(String policy, String needed) throws Exception {
    WitnessPolicy witnesses = WitnessPolicy.parse(policy.replace("%s", needed));
    TrustFile asks = new TrustFile(trust.charity(), trust.log(), trust.seals(), witnesses);
    assertThat(TrustFile.parse(asks.format().toArray())).isEqualTo(asks);
    return asks;
  }

  @Test
  void aChangedByteBreaksTheSeal() {
    byte[] changed = pdf.clone();
    changed[pdf.length / 3] ^= 1;
    assertFails(DocumentCheck.of(changed).trusting(trust).run(), "seal", "");
  }

  @Test
  void twoAgreedLinesOfOneUnitDoNotCountAndTheEvidenceShowsTheOtherOfAnotherYear()
      throws Exception {
    SmallLog two = new SmallLog(temp.resolve("log3"));
    two.settle(two.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    two.settle(two.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    long january = Instant.parse("2027-01-01T00:00:01Z").toEpochMilli();
    two.settle(two.replica(ADA, january), Outcome.ACCEPTED);
    trust = issueFrom(two, SmallLog.verifierKey(), temp.resolve("three"));

    List<Step> steps =
        DocumentCheck.of(pdf)
            .trusting(trust)
            .withEvidence(evidence)
            .against(two.tiles(), two.checkpoint().format())
            .run();
    assertThat(steps).extracting(Step::verdict).as(steps.toString()).containsOnly(Step.Verdict.OK);
    assertThat(steps.get(4).sentence()).startsWith("3 lines opened and proved in the log, 1 acc");
    Evidence whole = EvidenceZip.read(evidence);
    List<ProvenLine> lines = new ArrayList<>(whole.lines());
    lines.remove(2);
    assertEvidenceFails(whole, lines, "are not those the statement names");
  }

  @Test
  void evidenceThatLeavesALineOutOrAddsOneTwiceDoesNotAddUp() throws Exception {
    Evidence whole = EvidenceZip.read(evidence);
    List<ProvenLine> lines = new ArrayList<>(whole.lines());
    ProvenLine first = lines.remove(0);
    assertEvidenceFails(whole, lines, "are not those the statement names");
    lines = new ArrayList<>(whole.lines());
    lines.remove(2);
    assertEvidenceFails(whole, lines, "do not add up");
    lines = new ArrayList<>(whole.lines());
    lines.add(first);
    assertEvidenceFails(whole, lines, "was opened twice");
  }

  @Test
  void evidenceOfAnotherDocumentIsNamed() throws Exception {
    SmallLog other = new SmallLog(temp.resolve("log of another"));
    other.settle(other.report(ADA, NOVEMBER, 1).get(0), Outcome.ACCEPTED);
    byte[] first = pdf;
    issueFrom(other, SmallLog.verifierKey(), temp.resolve("later"));
    assertFails(
        DocumentCheck.of(first).withEvidence(evidence).run(),
        "evidence",
        "is it the evidence of another document?");
    assertFails(
        DocumentCheck.of(first).withEvidence(new byte[] {1, 2, 3}).run(),
        "evidence",
        "there is no evidence.json");
  }

  @Test
  void aLineVoidedSinceIsFoundInTheLog() throws Exception {
    log.log(new Voiding(false, List.of(accepted), "host-caught").entry());
    assertFails(
        DocumentCheck.of(pdf)
            .trusting(trust)
            .withEvidence(evidence)
            .against(log.tiles(), log.checkpoint().format())
            .run(),
        "log now",
        "1 of the document's lines were voided later, the first is entry " + accepted);
  }

  @Test
  void aLogThatWasRolledBackOrRewrittenIsFound() throws Exception {
    SmallLog rewritten = new SmallLog(temp.resolve("rewritten"));
    rewritten.report(SmallLog.donor(9), NOVEMBER, 2);
    assertFails(
        DocumentCheck.of(pdf)
            .trusting(trust)
            .against(rewritten.tiles(), rewritten.checkpoint().format())
            .run(),
        "log now",
        "it was rolled back, or this copy is old");
    rewritten.report(SmallLog.donor(9), NOVEMBER, 20);
    assertFails(
        DocumentCheck.of(pdf)
            .trusting(trust)
            .against(rewritten.tiles(), rewritten.checkpoint().format())
            .run(),
        "log now",
        "does not contain the one the document was proved by");
  }

  @Test
  void aVoidThatAMirrorLeavesOutIsFoundThoughItsTilesAgree() throws Exception {
    log.fill(260); // past the first full tile, into one that a proof skips
    long voided =
        log.log(new Voiding(false, List.of(accepted), "host-caught").entry()).firstIndex();
    log.fill(260);
    long size = log.checkpoint().checkpoint().size();
    Bytes harmless =
        Commitment.of(Kind.USAGE, SmallLog.ORIGIN, Hash.ZERO, 0, Hash.ZERO).entry().octets();
    TilePath entries = TilePath.holding(TilePath.ENTRIES, voided, size).orElseThrow();
    TilePath leaves = TilePath.holding(0, voided, size).orElseThrow();
    int at = (int) (voided - entries.firstItem());
    assertThat(entries.isFull()).isTrue();
    List<Bytes> list =
        new ArrayList<>(EntryBundle.parse(log.tiles().find(entries).orElseThrow(), 256).entries());
    List<Hash> hashes =
        new ArrayList<>(HashTile.parse(log.tiles().find(leaves).orElseThrow(), 256).hashes());
    list.set(at, harmless);
    hashes.set(at, TreeHash.leaf(harmless));
    TileSource mirror =
        path ->
            path.equals(entries)
                ? Optional.of(new EntryBundle(list).format())
                : path.equals(leaves)
                    ? Optional.of(HashTile.format(hashes))
                    : log.tiles().read(path);
    assertFails(
        DocumentCheck.of(pdf)
            .trusting(trust)
            .withEvidence(evidence)
            .against(mirror, log.checkpoint().format())
            .run(),
        "log now",
        "this copy of the log was altered");
  }

  private void assertEvidenceFails(Evidence whole, List<ProvenLine> lines, String sentence) {
    Evidence changed = new Evidence(whole.checkpoint(), lines, whole.outcomes());
    assertFails(
        DocumentCheck.of(pdf).trusting(trust).withEvidence(EvidenceZip.write(changed)).run(),
        "evidence",
        sentence);
  }

  private static void assertFails(List<Step> steps, String subject, String sentence) {
    Step last = steps.get(steps.size() - 1);
    assertThat(last.verdict()).as(last.toString()).isEqualTo(Step.Verdict.FAILED);
    assertThat(last.subject()).as(last.toString()).isEqualTo(subject);
    assertThat(last.sentence()).contains(sentence);
  }

  private TrustFile issueFrom(SmallLog from, VerifierKey key, Path folder) throws Exception {
    Issued issued = Issued.from(from, key, folder);
    pdf = issued.pdf().toArray();
    evidence = issued.evidence().toArray();
    return issued.trust();
  }
}
