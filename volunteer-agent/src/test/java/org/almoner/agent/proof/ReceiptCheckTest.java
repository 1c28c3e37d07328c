package org.almoner.agent.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.origin.LogKeys;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.world.Identities;
import org.almoner.agent.world.SmallLog;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that does anything but what it signed is caught, and told in words. */
class ReceiptCheckTest {
  private static final String ORIGIN = "log.example.org/test";

  @TempDir Path home;
  private Rotations rotations = Rotations.NONE;
  private String shownFirst = "";
  private SmallLog log;
  private Envelope report;
  private List<SmallLog.Place> places;

  @BeforeEach
  void logThreeLinesAmongOthers() throws Exception {
    log = new SmallLog(ORIGIN, Identities.key("log"));
    shownFirst = log.verifierKey();
    log.logOthers(5, "before");
    report = record("a report");
    places = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      places.add(log.log(Kind.USAGE, report, part));
      log.logOthers(2, "between" + part);
    }
  }

  @Test
  void anHonestReceiptIsProof() throws Exception {
    VerifiedReceipt verified = open().check(report, 3, log.receipt(places, 0));
    assertThat(verified.checkpoint().checkpoint().size()).isEqualTo(14);
    assertThat(keeper().size()).isEqualTo(14);
  }

  @Test
  void anAgentThatSleptWhileTwoKeysSignedFollowsTheRotation() throws Exception {
    open().check(report, 3, log.receipt(places, 0));
    String first = log.verifierKey();
    rotations = rotations.with(log.rotate(Identities.key("second")));
    log.retire();
    rotations = rotations.with(log.rotate(Identities.key("third")));
    log.retire();
    log.logOthers(3, "later");
    ReceiptCheck withTiles = new ReceiptCheck(ORIGIN, keeper(), log::between);
    VerifiedReceipt verified = withTiles.check(report, 3, log.receipt(places, 14));
    assertThat(verified.checkpoint().checkpoint().size()).isEqualTo(19);
    assertThat(verified.logKey().format()).isEqualTo(log.verifierKey()).isNotEqualTo(first);
    rotations = Rotations.NONE;
    assertThat(keeper().knows(log.verifierKey())).as("kept on disk").isTrue();
    assertThat(open().check(report, 3, log.receipt(places, 19)).logKey().format())
        .isEqualTo(log.verifierKey());
  }

  @Test
  void anAgentThatSawALargerCheckpointHoldsTheRotationAgainstIt() throws Exception {
    rotations = rotations.with(log.rotate(Identities.key("second")));
    log.logOthers(4, "both sign");
    CheckpointKeeper seen = keeper();
    assertThat(
            new ReceiptCheck(ORIGIN, seen, log::between).check(report, 3, log.receipt(places, 0)))
        .isNotNull();
    log.retire();
    log.logOthers(1, "later");
    seen.learn();
    assertThat(seen.size()).isEqualTo(19);
    assertThat(open().check(report, 3, log.receipt(places, 19)).checkpoint().checkpoint().size())
        .isEqualTo(20);
  }

  @Test
  void aRetiredKeySignsNothingMoreAndPassesTheLogToNobody() throws Exception {
    rotations = rotations.with(log.rotate(Identities.key("second")));
    SmallLog thiefs = rotatedCopy();
    String retired = thiefs.verifierKey();
    log.retire();
    log.logOthers(1, "honest");
    tiled(log).check(report, 3, log.receipt(places, 0));
    assertThat(keeper().size()).isEqualTo(16);

    thiefs.logOthers(1, "honest");
    thiefs.forgetNewer();
    thiefs.logOthers(1, "forged");
    refusedBy(tiled(thiefs), thiefs.receipt(places, 16), "is not signed by " + log.verifierKey());
    log = thiefs;
    rotations = rotations.with(thiefs.rotate(Identities.key("thief")));
    thiefs.retire();
    thiefs.logOthers(1, "later");
    refusedBy(tiled(thiefs), thiefs.receipt(places, 16), "none of the keys trusted here signed");
    assertThat(keeper().knows(thiefs.verifierKey())).isFalse();
    assertThat(keeper().knows(retired)).isTrue();
    assertThat(keeper().size()).isEqualTo(16);
  }

  @Test
  void anAgentThatComesByWhileTwoKeysSignLearnsTheNewOneAtOnce() throws Exception {
    rotations = rotations.with(log.rotate(Identities.key("second")));
    SmallLog thiefs = rotatedCopy();
    tiled(log).check(report, 3, log.receipt(places, 0));
    thiefs.forgetNewer();
    thiefs.logOthers(1, "forged");
    log.retire();
    refusedBy(tiled(thiefs), thiefs.receipt(places, 15), "is not signed by " + log.verifierKey());
  }

  @Test
  void aCheckpointFromBeforeTheRotationStaysGood() throws Exception {
    open().check(report, 3, log.receipt(places, 0));
    rotations = rotations.with(log.rotate(Identities.key("second")));
    CheckpointKeeper seen = keeper();
    seen.learn();
    assertThat(seen.size()).isEqualTo(15);
    log.retire();
    log.logOthers(1, "later");
    tiled(log).check(report, 3, log.receipt(places, 15));
    assertThat(keeper().size()).isEqualTo(16);
  }

  private SmallLog rotatedCopy() throws Exception {
    SmallLog copy = new SmallLog(ORIGIN, Identities.key("log"));
    copy.logOthers(5, "before");
    for (int part = 0; part < 3; part++) {
      copy.log(Kind.USAGE, report, part);
      copy.logOthers(2, "between" + part);
    }
    copy.rotate(Identities.key("second"));
    return copy;
  }

  private ReceiptCheck tiled(SmallLog of) throws Exception {
    return new ReceiptCheck(ORIGIN, keeper(), of::between);
  }

  private void refusedBy(ReceiptCheck check, Receipt receipt, String sentence) {
    assertThatThrownBy(() -> check.check(report, 3, receipt))
        .isInstanceOf(ReceiptRejected.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aNewKeyWithoutARotationIsNeverTaken() throws Exception {
    open().check(report, 3, log.receipt(places, 0));
    log.rotate(Identities.key("second"));
    log.retire();
    log.logOthers(1, "later");
    refused(log.receipt(places, 14), "none of the keys trusted here signed the note");
    assertThat(keeper().knows(log.verifierKey())).isFalse();
  }

  @Test
  void aRotationOfAnotherHistoryIsRefusedAndKept() throws Exception {
    open().check(report, 3, log.receipt(places, 0));
    SmallLog forked = new SmallLog(ORIGIN, Identities.key("log"));
    forked.logOthers(20, "another history");
    rotations = rotations.with(forked.rotate(Identities.key("second")));
    forked.retire();
    forked.logOthers(1, "later");
    log = forked;
    Receipt receipt = new Receipt(forked.checkpoint().format(), List.of(), List.of());
    refused(receipt, "is not shown to contain the one of size 14");
    assertThat(evidence()).hasSize(1);
    assertThat(keeper().knows(forked.verifierKey())).isFalse();
  }

  @Test
  void aWrongSaltIsNamed() throws Exception {
    Receipt wrong = change(1, l -> new LineProof(l.leaf(), Hash.ZERO, l.part(), l.inclusion()));
    refused(wrong, "line 1 is not proved to be entry 8, or its salt is not the one");
  }

  @Test
  void aTruncatedOrExtendedProofIsNamed() throws Exception {
    refused(
        change(
            2,
            l ->
                new LineProof(
                    l.leaf(),
                    l.salt(),
                    l.part(),
                    l.inclusion().subList(0, l.inclusion().size() - 1))),
        "line 2 is not proved to be entry 11");
    refused(
        change(
            0,
            l -> {
              List<Hash> longer = new ArrayList<>(l.inclusion());
              longer.add(Hash.ZERO);
              return new LineProof(l.leaf(), l.salt(), l.part(), longer);
            }),
        "too long");
  }

  @Test
  void everyWrongLeafIsRefused() throws Exception {
    for (long leaf = 0; leaf < 20; leaf++) {
      long claimed = leaf;
      if (claimed != places.get(0).leaf()) {
        refused(
            change(0, l -> new LineProof(claimed, l.salt(), l.part(), l.inclusion())),
            "line 0 is not proved to be entry " + claimed);
      }
    }
  }

  @Test
  void aLineForAnotherPartOrAMissingLineIsNamed() throws Exception {
    Receipt honest = log.receipt(places, 0);
    List<LineProof> swapped =
        List.of(honest.lines().get(1), honest.lines().get(0), honest.lines().get(2));
    refused(
        new Receipt(honest.checkpoint(), swapped, List.of()),
        "line 0 of the receipt is for part 1");
    refused(
        new Receipt(honest.checkpoint(), honest.lines().subList(0, 2), List.of()),
        "proves 2 lines, but the record has 3");
  }

  @Test
  void aProofOfAnotherReportIsRefused() throws Exception {
    assertThatThrownBy(() -> open().check(record("another"), 3, log.receipt(places, 0)))
        .isInstanceOf(ReceiptRejected.class)
        .hasMessageContaining("line 0 is not proved");
  }

  @Test
  void aCheckpointOfAnotherKeyOrLogIsRefused() throws Exception {
    SmallLog stranger = new SmallLog(ORIGIN, Identities.key("a stranger"));
    SmallLog.Place place = stranger.log(Kind.USAGE, report, 0);
    refusedAs(report, 1, stranger.receipt(List.of(place), 0), "none of the keys trusted here");

    SmallLog other = new SmallLog("log.example.org/other", Identities.key("log"));
    SmallLog.Place elsewhere = other.log(Kind.USAGE, report, 0);
    refusedAs(report, 1, other.receipt(List.of(elsewhere), 0), "the checkpoint is not this log's");

    Receipt honest = log.receipt(places, 0);
    String damaged = honest.checkpoint().replace("\n14\n", "\n15\n");
    refused(new Receipt(damaged, honest.lines(), List.of()), "does not fit the text");
  }

  @Test
  void growthIsFollowedByTheProofThatCameOrByTheTiles() throws Exception {
    open().check(report, 3, log.receipt(places, 0));
    log.logOthers(300, "later");
    open().check(report, 3, log.receipt(places, 14));
    assertThat(keeper().size()).isEqualTo(314);

    log.logOthers(7, "more");
    Receipt bare = log.receipt(places, 0);
    assertThatThrownBy(() -> open().check(report, 3, bare))
        .isInstanceOf(ReceiptRejected.class)
        .hasMessageContaining("first 314 entries")
        .hasMessageContaining("no tiles today");
    ConsistencySource tiles =
        (first, second) -> new ConsistencyProof(log.consistency(first, second));
    new ReceiptCheck(ORIGIN, keeper(), tiles).check(report, 3, bare);
    assertThat(keeper().size()).isEqualTo(321);
  }

  @Test
  void aSmallerCheckpointIsRefusedAndBothAreKept() throws Exception {
    Receipt early = log.receipt(places, 0);
    log.logOthers(1, "later");
    open().check(report, 3, log.receipt(places, 0));
    refused(early, "the log shows size 14, but it signed size 15 before");
    evidenceHolds("\\n14\\n", "\\n15\\n");
    assertThat(keeper().size()).isEqualTo(15);
    refused(early, "both are kept in");
    assertThat(evidence()).hasSize(1);
  }

  @Test
  void aForkIsRefusedAndBothAreKeptWhateverItsSize() throws Exception {
    open().check(report, 3, log.receipt(places, 0));
    Path before = home.resolve("checkpoint");
    String held = Files.readString(before);
    for (int more : new int[] {13, 14, 30}) {
      SmallLog fork = new SmallLog(ORIGIN, Identities.key("log"));
      SmallLog.Place place = fork.log(Kind.USAGE, report, 0);
      fork.logOthers(more - 1, "forged");
      Receipt forged = fork.receipt(List.of(place), Math.min(14, more));
      assertThatThrownBy(() -> open().check(report, 1, forged))
          .isInstanceOf(ReceiptRejected.class)
          .hasMessageContaining("both are kept in");
    }
    assertThat(evidence()).hasSize(3);
    assertThat(Files.readString(before)).isEqualTo(held);
  }

  @Test
  void aCheckpointDamagedInBothCopiesStopsTheAgentInsteadOfStartingOver() throws Exception {
    open().check(report, 3, log.receipt(places, 0));
    Path file = home.resolve("checkpoint");
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\n14\n", "\n13\n"));
    assertThat(keeper().size()).isEqualTo(14);
    assertThat(Files.readString(file)).isEqualTo(whole);
    for (Path one : List.of(file, home.resolve("checkpoint.copy"))) {
      Files.writeString(one, whole.replace("\n14\n", "\n13\n"));
    }
    assertThatThrownBy(this::keeper)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("checkpoint is damaged");
  }

  @Test
  void aReceiptReadsBackAsItWasWritten() throws Exception {
    Receipt receipt = log.receipt(places, 3);
    assertThat(Receipt.parse(JsonFields.of(receipt.toJson()))).isEqualTo(receipt);
  }

  private Receipt change(int part, UnaryOperator<LineProof> change) throws Exception {
    Receipt honest = log.receipt(places, 0);
    List<LineProof> lines = new ArrayList<>(honest.lines());
    lines.set(part, change.apply(lines.get(part)));
    return new Receipt(honest.checkpoint(), lines, honest.consistency());
  }

  private void refused(Receipt receipt, String sentence) throws Exception {
    refusedAs(report, 3, receipt, sentence);
  }

  private void refusedAs(Envelope record, int parts, Receipt receipt, String sentence)
      throws Exception {
    ReceiptCheck check = open();
    assertThatThrownBy(() -> check.check(record, parts, receipt))
        .isInstanceOf(ReceiptRejected.class)
        .hasMessageContaining(sentence);
  }

  private void evidenceHolds(String... notes) throws IOException {
    assertThat(Files.readString(evidence().get(0))).contains(notes);
  }

  private List<Path> evidence() throws IOException {
    return new FsyncDisk().list(home.resolve("evidence"));
  }

  private ReceiptCheck open() throws Exception {
    return new ReceiptCheck(
        ORIGIN,
        keeper(),
        (first, second) -> {
          throw new IOException("no tiles today");
        });
  }

  private CheckpointKeeper keeper() throws Exception {
    Pinned pinned = new Pinned(ORIGIN, shownFirst, Identities.key("grants").publicKey());
    LogKeys keys = LogKeys.open(home, new FsyncDisk(), pinned);
    return CheckpointKeeper.open(
        home,
        new FsyncDisk(),
        keys,
        () -> rotations,
        (first, second) -> log.between(first, second));
  }

  private static Envelope record(String what) {
    return Envelope.sign(
        Envelope.Kind.USAGE_REPORT,
        JsonValue.Obj.of().put("what", what).build(),
        Identities.key("agent"));
  }
}
