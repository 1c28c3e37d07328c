package org.almoner.ledger.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Policy;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.ledger.entry.Revocation;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Recall;
import org.almoner.protocol.release.Release;
import org.junit.jupiter.api.Test;

class LogCheckTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final long DAY_SECONDS = 86_400;

  private final MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
  private final List<Bytes> entries = new ArrayList<>();

  private LogCheckTest add(Entry... more) {
    for (Entry entry : more) {
      entries.add(entry.octets());
    }
    return this;
  }

  private static Entry usage(int n) {
    return Commitment.of(Kind.USAGE, ORIGIN, Hash.ZERO, n, Hash.ZERO).entry();
  }

  private static Entry day(int day) {
    return new Day(LocalDate.of(2026, 11, day)).entry();
  }

  private static Entry policy(long maturityDays) {
    return new Policy(maturityDays * DAY_SECONDS, false, "almoner 0.1.0").entry();
  }

  private static Entry settle(long from, Outcome... outcomes) {
    return new Settlement(from, List.of(outcomes)).entry();
  }

  private static Entry voiding(boolean reinstates, long leaf) {
    return new Voiding(reinstates, List.of(leaf), "mistake").entry();
  }

  private SignedCheckpoint published() throws Exception {
    Sequencer.create(ORIGIN, List.of(SIGNER), log, log);
    Sequencer sequencer = Sequencer.open(ORIGIN, List.of(SIGNER), log, log);
    for (int at = 0; at < entries.size(); at += 50_000) {
      sequencer.commit(
          entries.subList(at, Math.min(entries.size(), at + 50_000)), Bytes.of(new byte[0]));
    }
    return sequencer.checkpoint();
  }

  private List<String> findings() throws Exception {
    return shown(LogCheck.run(log, published()));
  }

  private static List<String> shown(List<Finding> findings) {
    return findings.stream().map(Finding::toString).toList();
  }

  @Test
  void anHonestLogHasNoFindings() throws Exception {
    add(policy(14), day(1), usage(0), usage(1), day(1), day(2), usage(2), day(15));
    add(settle(2, Outcome.ACCEPTED, Outcome.OUTPUT_DISAGREED), day(16));
    add(settle(2, Outcome.NONE, Outcome.NONE, Outcome.NONE, Outcome.NONE, Outcome.ACCEPTED));
    add(voiding(false, 6), voiding(true, 6), voiding(false, 6));
    assertThat(findings()).isEmpty();
  }

  private static VerifierKey key(int octet) {
    return new VerifierKey(
        ORIGIN, SigningKey.of(Hash.sha256(new byte[] {(byte) octet}).toArray()).publicKey());
  }

  private static Entry rotation(int from, int to) {
    return new KeyRotation(key(from), key(to)).entry();
  }

  @Test
  void theLogPassesOnFromItsNewestKeyOnlyAndNeverGoesBack() throws Exception {
    add(rotation(1, 2), rotation(2, 3), rotation(2, 4), rotation(3, 1));
    assertThat(findings())
        .startsWith(
            "entry 2: the log passes on from a key that was not its newest: " + key(2).format(),
            "entry 3: the log goes back to a key it had before: " + key(1).format());
  }

  @Test
  void aCheckpointThatTheNewestKeyDidNotSignIsFound() throws Exception {
    add(usage(0), new KeyRotation(SIGNER.verifier(), key(2)).entry(), usage(1));
    assertThat(findings())
        .containsExactly(
            "entry 1: the log passed here to "
                + key(2).format()
                + ", which did not sign the checkpoint of size 3");
  }

  @Test
  void aCheckpointThatTheNewestKeySignedIsNoFinding() throws Exception {
    add(usage(0), new KeyRotation(key(1), SIGNER.verifier()).entry(), usage(1));
    assertThat(findings()).isEmpty();
  }

  @Test
  void aRotationToAKeyOfAnotherLogIsFound() throws Exception {
    VerifierKey one = new VerifierKey("log.example/other", key(1).key());
    VerifierKey two = new VerifierKey("log.example/other", key(2).key());
    assertThat(add(new KeyRotation(one, two).entry()).findings())
        .containsExactly(
            "entry 0: the new key is of log log.example/other, not of log.example/2026");
  }

  @Test
  void anEnrolmentIsRevokedAfterItAndOnce() throws Exception {
    Entry enrolment = Commitment.of(Kind.ENROLMENT, ORIGIN, Hash.ZERO, 0, Hash.ZERO).entry();
    Entry ofZero = new Revocation(0, "stolen").entry();
    add(enrolment, usage(0), ofZero, ofZero, new Revocation(1, "stolen").entry());
    add(new Revocation(6, "stolen").entry(), enrolment);
    assertThat(findings())
        .containsExactly(
            "entry 3: the enrolment at entry 0 is revoked a second time",
            "entry 4: entry 1 is revoked but is no enrolment before it",
            "entry 5: entry 6 is revoked but is no enrolment before it");
  }

  @Test
  void aStatementIsWithdrawnAfterItAndOnce() throws Exception {
    Entry statement = Commitment.of(Kind.STATEMENT, ORIGIN, Hash.ZERO, 0, Hash.ZERO).entry();
    Entry another = Commitment.of(Kind.STATEMENT, ORIGIN, Hash.ZERO, 0, Hash.sha256()).entry();
    add(statement, usage(0), another, new Withdrawal(0, 2).entry());
    add(Withdrawal.cancelled(0).entry(), Withdrawal.cancelled(1).entry());
    add(new Withdrawal(2, 1).entry());
    assertThat(findings())
        .containsExactly(
            "entry 4: the statement at entry 0 is withdrawn a second time",
            "entry 5: entry 1 is withdrawn but is no statement before it",
            "entry 6: entry 2 is replaced by entry 1, which is no statement before this");
  }

  private static Entry succession(String closed) throws Exception {
    Ed25519NoteSigner signer =
        new Ed25519NoteSigner(closed, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
    SignedCheckpoint end =
        SignedCheckpoint.sign(new Checkpoint(closed, 7, Hash.ZERO), List.of(signer));
    return Succession.of(List.of(signer.verifier()), end.note(), "lost").entry();
  }

  @Test
  void theLogThatThisOneFollowsIsNamedOnceAndAtItsBeginning() throws Exception {
    add(policy(14), day(1), succession("log.example/2025"), succession("log.example/2024"));
    add(succession(ORIGIN), usage(0));
    CheckedLog checked = LogCheck.run(log, published(), (index, entry) -> {});
    assertThat(checked.succeeds())
        .extracting(Succession::toString)
        .containsExactly("log.example/2025 at size 7 (key lost)");
    assertThat(shown(checked.findings()))
        .containsExactly(
            "entry 3: the log follows log.example/2025, and a second one: log.example/2024",
            "entry 4: the log says that it follows itself");
  }

  @Test
  void theLogThatThisOneFollowsIsNotNamedAfterAnythingWasCommittedTo() throws Exception {
    add(policy(14), day(1), usage(0), succession("log.example/2025"));
    CheckedLog checked = LogCheck.run(log, published(), (index, entry) -> {});
    assertThat(checked.succeeds()).isEmpty();
    assertThat(shown(checked.findings()))
        .containsExactly(
            "entry 3: the log names the one it follows, log.example/2025, after it had begun");
  }

  @Test
  void aDayThatGoesBackIsFound() throws Exception {
    assertThat(add(day(2), usage(0), day(1)).findings())
        .containsExactly("entry 2: the day goes back from 2026-11-02 at entry 0 to 2026-11-01");
  }

  @Test
  void linesAreCountedAndThoseThatWait() throws Exception {
    add(usage(0), usage(1), usage(2), settle(0, Outcome.ACCEPTED, Outcome.NONE, Outcome.FAILED));
    List<Long> seen = new ArrayList<>();
    CheckedLog checked = LogCheck.run(log, published(), (index, entry) -> seen.add(index));
    assertThat(checked.usageLines()).isEqualTo(3);
    assertThat(checked.unsettled()).isEqualTo(1);
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aLineSettledTwiceIsFound() throws Exception {
    add(usage(0), settle(0, Outcome.ACCEPTED), settle(0, Outcome.NONE));
    assertThat(add(settle(0, Outcome.NO_QUORUM)).findings())
        .containsExactly("entry 3: the usage line at entry 0 is settled a second time");
  }

  @Test
  void whatIsNoUsageLineCannotBeSettled() throws Exception {
    assertThat(add(day(1), usage(0), settle(0, Outcome.ACCEPTED, Outcome.ACCEPTED)).findings())
        .containsExactly("entry 2: entry 0 is settled but is no usage line");
  }

  @Test
  void aSettlementOfTheFutureIsFound() throws Exception {
    assertThat(add(usage(0), settle(0, Outcome.NONE, Outcome.NONE), usage(1)).findings())
        .containsExactly(
            "entry 1: the settlement covers leaves to 2, but only those before itself can be"
                + " settled");
  }

  @Test
  void aSettlementBeforeMaturityIsFound() throws Exception {
    assertThat(add(policy(14), day(1), usage(0), day(14), settle(2, Outcome.ACCEPTED)).findings())
        .isEmpty();
    entries.clear();
    LogCheckTest early = new LogCheckTest();
    assertThat(
            early
                .add(policy(14), day(1), usage(0), day(13), settle(2, Outcome.ACCEPTED))
                .findings())
        .containsExactly("entry 4: the usage line at entry 2 is settled before it matured");
  }

  @Test
  void onlyWhatCountsIsVoidedAndOnlyWhatIsVoidCountsAgain() throws Exception {
    add(usage(0), usage(1), settle(0, Outcome.ACCEPTED, Outcome.FAILED));
    add(voiding(false, 1), voiding(true, 0), voiding(false, 0), voiding(false, 0));
    assertThat(findings())
        .containsExactly(
            "entry 3: entry 1 is made void but did not count",
            "entry 4: entry 0 is reinstated but was not void",
            "entry 6: entry 0 is made void but did not count");
  }

  @Test
  void aRecallNamesWhatWasLoggedBeforeAndNothingRecalledComesBack() throws Exception {
    SigningKey owner = SigningKey.of(new byte[32]);
    SigningKey other = SigningKey.of(Hash.sha256(new byte[1]).toArray());
    Envelope release = release("1.0", owner);
    Hash digest = release.digest();
    Recall word = new Recall(ORIGIN, digest, "It is wrong.");
    Recall elsewhere = new Recall("log.example/other", digest, "It is wrong.");
    add(RecallEntry.ofOperator(word).entry());
    add(ReleaseEntry.of(release).entry());
    add(RecallEntry.of(recall(word, other)).entry());
    add(RecallEntry.of(recall(word, owner)).entry());
    add(RecallEntry.of(recall(word, owner)).entry());
    add(RecallEntry.of(recall(elsewhere, owner)).entry());
    add(ReleaseEntry.of(release("2.0", owner)).entry());
    assertThat(findings())
        .containsExactly(
            "entry 0: release " + digest + " is recalled but was not logged before",
            "entry 1: release " + digest + " is logged again after it was recalled",
            "entry 2: release " + digest + " is recalled by an owner who did not sign it before",
            "entry 4: release " + digest + " is recalled a second time",
            "entry 5: the recall is meant for log.example/other, not for " + ORIGIN);
  }

  private static Envelope recall(Recall word, SigningKey owner) {
    return Envelope.sign(Envelope.Kind.RECALL, word.toJson(), owner);
  }

  private static Envelope release(String version, SigningKey owner) {
    return Envelope.sign(
        Envelope.Kind.RELEASE,
        new Release(
                "adder",
                version,
                "MIT",
                "https://example.org/adder",
                "0".repeat(40),
                "clang 14",
                new BlobRef("adder.wasm", Hash.ZERO, 8),
                List.of())
            .toJson(),
        owner);
  }

  @Test
  void anEntryThatIsNoneIsFound() throws Exception {
    entries.add(Bytes.of(new byte[] {2, 2}));
    entries.add(Bytes.of(new byte[] {1, 99}));
    entries.add(Bytes.of(new byte[] {1}));
    entries.add(Bytes.of(new byte[] {1, 6, '{'}));
    assertThat(findings())
        .containsExactly(
            "entry 0: entry version 2 is unknown; expected 1",
            "entry 1: entry kind 99 is unknown",
            "entry 2: an entry has at least 2 octets; this has 1",
            "entry 3: entry of kind RECALL: expected a field name in quotes at character 1, got the"
                + " end");
  }

  @Test
  void everyDamagedOrMissingTileIsFoundAndNamed() throws Exception {
    for (int i = 0; i < 66_000; i++) {
      add(usage(i % 50_000));
    }
    SignedCheckpoint checkpoint = published();
    assertThat(LogCheck.run(log, checkpoint)).isEmpty();
    List<String> paths =
        List.of(
            "tile/0/000",
            "tile/0/257.p/208",
            "tile/1/000",
            "tile/1/001.p/1",
            "tile/2/000.p/1",
            "tile/entries/013",
            "tile/entries/257.p/208");
    for (String text : paths) {
      TilePath path = TilePath.parse(text);
      Bytes whole = log.tiles().get(path);
      byte[] flipped = whole.toArray();
      flipped[flipped.length - 1] ^= 1;
      log.tiles().put(path, Bytes.of(flipped));
      assertThat(shown(LogCheck.run(log, checkpoint)))
          .as("flipped %s", text)
          .anyMatch(finding -> finding.contains(path.isEntries() ? text : "tile/"));
      log.tiles().remove(path);
      assertThat(shown(LogCheck.run(log, checkpoint)))
          .as("missing %s", text)
          .anyMatch(finding -> finding.endsWith(text + " is missing"));
      log.tiles().put(path, whole);
    }
  }

  @Test
  void theFirstDamagedEntryIsNamed() throws Exception {
    for (int i = 0; i < 300; i++) {
      add(usage(i));
    }
    SignedCheckpoint checkpoint = published();
    List<Bytes> changed = new ArrayList<>(entries.subList(256, 300));
    changed.set(3, usage(1000).octets());
    log.tiles().put(TilePath.parse("tile/entries/001.p/44"), new EntryBundle(changed).format());
    assertThat(shown(LogCheck.run(log, checkpoint)))
        .containsExactly(
            "entry 259: the entry in tile/entries/001.p/44 does not hash to its leaf in"
                + " tile/0/001.p/44");
  }

  @Test
  void aRootThatWasNeverThereIsFound() throws Exception {
    add(usage(0));
    published();
    SignedCheckpoint forged =
        SignedCheckpoint.sign(new Checkpoint(ORIGIN, 1, Hash.ZERO), List.of(SIGNER));
    assertThat(shown(LogCheck.run(log, forged)))
        .containsExactly(
            "entry 1: the leaves lead to root "
                + usage(0).leafHash()
                + ", but the checkpoint signs "
                + Hash.ZERO);
  }

  @Test
  void withoutTileAndBundleTheCheckEndsAndSaysSo() throws Exception {
    add(usage(0));
    SignedCheckpoint checkpoint = published();
    for (Map.Entry<TilePath, Bytes> tile : Map.copyOf(log.tiles()).entrySet()) {
      log.tiles().remove(tile.getKey());
    }
    assertThat(shown(LogCheck.run(log, checkpoint)))
        .containsExactly(
            "entry 0: tile/0/000.p/1 is missing",
            "entry 0: tile/entries/000.p/1 is missing",
            "entry 0: without tile and bundle the check cannot go on");
  }

  @Test
  void aLogFullOfFaultsEndsAtTheLimit() throws Exception {
    entries.addAll(Collections.nCopies(5_000, Bytes.utf8("??")));
    assertThat(LogCheck.run(log, published())).hasSize(LogCheck.FINDINGS_MAX);
  }
}
