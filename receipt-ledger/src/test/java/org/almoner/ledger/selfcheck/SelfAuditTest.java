package org.almoner.ledger.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.append.SequencerStopped;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfAuditTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final Bytes NO_RIDER = Bytes.of(new byte[0]);
  private static final int PLACES = 10;

  /** A full tile of level 1 and a partial one of each level. */
  private static final int SIZE = 256 * 256 + 600;

  /** Bundles with their leaves, tiles of level 1 and 2, the root. */
  private static final int PLACES_OF_A_ROUND = 259 + 2 + 1 + 1;

  private static MemoryLog whole;

  private MemoryLog log;
  private SelfAudit audit;

  @BeforeAll
  static void fill() throws Exception {
    whole = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(SIGNER), whole, whole);
    commit(open(whole), NaiveTree.entries(SIZE));
  }

  private static void commit(Sequencer sequencer, List<Bytes> entries) throws Exception {
    int half = entries.size() / 2;
    sequencer.commit(entries.subList(0, half), NO_RIDER);
    sequencer.commit(entries.subList(half, entries.size()), NO_RIDER);
  }

  @BeforeEach
  void copy() {
    log = whole.copy();
    audit = audit(log);
  }

  private static Sequencer open(MemoryLog log) throws Exception {
    return Sequencer.open(ORIGIN, List.of(SIGNER), log, log);
  }

  private static SelfAudit audit(MemoryLog log) {
    return new SelfAudit(ORIGIN, List.of(SIGNER.verifier()), log, log);
  }

  /** Steps until so many rounds are complete or something is found. */
  private Progress rounds(long rounds) {
    long until = audit.progress().rounds() + rounds;
    Progress progress = audit.progress();
    while (progress.rounds() < until && !progress.damaged()) {
      progress = audit.step(PLACES);
    }
    return progress;
  }

  private void flip(String path, int at) throws Exception {
    TilePath tile = TilePath.parse(path);
    byte[] octets = log.tiles().get(tile).toArray();
    octets[at] ^= 4;
    log.tiles().put(tile, Bytes.of(octets));
  }

  @Test
  void aWholeLogIsWalkedRoundAfterRound() {
    assertThat(rounds(1)).isEqualTo(new Progress(SIZE, SIZE, 1, ""));
    assertThat(rounds(1)).isEqualTo(new Progress(SIZE, SIZE, 2, ""));
  }

  @Test
  void anEmptyLogIsWholeToo() throws Exception {
    log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(SIGNER), log, log);
    audit = audit(log);
    assertThat(audit.step(PLACES)).isEqualTo(new Progress(0, 0, 1, ""));
  }

  @Test
  void aStepReadsNoMoreThanItMay() {
    int[] reads = {0};
    TileSource counting =
        path -> {
          reads[0]++;
          return log.read(path);
        };
    audit = new SelfAudit(ORIGIN, List.of(SIGNER.verifier()), counting, log);
    int steps = 0;
    for (; audit.progress().rounds() == 0; steps++) {
      reads[0] = 0;
      audit.step(PLACES);
      assertThat(reads[0]).isLessThanOrEqualTo(2 * PLACES);
    }
    assertThat(steps).isEqualTo((PLACES_OF_A_ROUND + PLACES - 1) / PLACES);
  }

  @ParameterizedTest
  @CsvSource({
    "tile/entries/001,        3, entry 256 in it",
    "tile/entries/258.p/88, 120, entry 66",
    "tile/entries/000,     1, the bundle ends inside entry|octets follow the last",
    "tile/0/000,            32, leaf 1 in it",
    "tile/0/255,          8191, leaf 65535 in it",
    "tile/0/258.p/88,     2000, leaf 66110 in it",
    "tile/1/000,            65, its hash 2 is not the one that tile/0/002 leads to",
    "tile/1/001.p/2,        33, its hash 1 is not the one that tile/0/257 leads to",
    "tile/2/000.p/1,         0, its hash 0 is not the one that tile/1/000 leads to",
  })
  void l08AFlippedBitIsFoundAndItsPlaceNamed(String path, int at, String said) throws Exception {
    flip(path, at);
    Progress progress = rounds(1);
    assertThat(progress.damaged()).isTrue();
    assertThat(progress.rounds()).isZero();
    assertThat(progress.size()).isEqualTo(SIZE);
    assertThat(progress.finding())
        .startsWith(path + " is damaged: ")
        .containsPattern(said)
        .doesNotContain("\n")
        .doesNotContain("null");
    assertThat(audit.step(PLACES)).as("nothing more is checked").isEqualTo(progress);
  }

  @Test
  void l08AnyFlippedBitOfTheRegistersCheckpointIsFoundWithinTwoSteps() {
    byte[] note = whole.read().orElseThrow().getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < note.length; at++) {
      audit = audit(log);
      log.setNote(whole.read());
      assertThat(audit.step(PLACES).damaged()).isFalse();
      byte[] flipped = note.clone();
      flipped[at] ^= (byte) (1 << at % 7);
      log.setNote(Optional.of(new String(flipped, StandardCharsets.UTF_8)));
      assertThat(audit.step(PLACES).damaged()).as("once read").isFalse();
      assertThat(audit.step(PLACES).finding())
          .as("octet %d", at)
          .startsWith("the register's checkpoint ")
          .doesNotContain("\n");
    }
  }

  @Test
  void aCheckpointThatWentBackOrIsGoneIsFound() throws Exception {
    MemoryLog grown = whole.copy();
    open(grown).commit(NaiveTree.entries(3), NO_RIDER);
    log.setNote(grown.read());
    audit.step(1);
    log.setNote(whole.read());
    audit.step(1);
    assertThat(audit.step(1).finding())
        .contains("went back from size " + (SIZE + 3) + " to " + SIZE);
    audit = audit(log);
    log.setNote(Optional.empty());
    audit.step(1);
    assertThat(audit.step(1).finding()).isEqualTo("the register's checkpoint is gone");
  }

  @Test
  void asIsAnotherRootOfTheSameSize() {
    audit.step(1);
    sign(new Checkpoint(ORIGIN, SIZE, Hash.ZERO));
    audit.step(1);
    assertThat(audit.step(1).finding()).contains("has another root than before");
    audit = audit(log);
    assertThat(rounds(1).finding()).contains("the checkpoint of size " + SIZE + " signs");
  }

  private void sign(Checkpoint checkpoint) {
    log.setNote(Optional.of(SignedCheckpoint.sign(checkpoint, List.of(SIGNER)).format()));
  }

  @Test
  void aLogThatWasRewrittenWholeWithItsOwnKeyIsFound() throws Exception {
    rounds(1);
    List<Bytes> other = new ArrayList<>(NaiveTree.entries(SIZE + 1));
    other.set(70, Bytes.utf8("another story"));
    MemoryLog forged = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(SIGNER), forged, forged);
    commit(open(forged), other);
    log.tiles().putAll(forged.tiles());
    log.setNote(forged.read());
    assertThat(rounds(1).finding())
        .contains("the first " + SIZE + " entries")
        .contains("rewritten");
  }

  @Test
  void aTileThatIsMissingIsNamed() throws Exception {
    log.tiles().remove(TilePath.parse("tile/0/017"));
    assertThat(rounds(1).finding()).isEqualTo("tile/0/017 is missing");
  }

  @Test
  void whatFitsWhenReadAgainIsNoFinding() throws Exception {
    TilePath path = TilePath.parse("tile/entries/005");
    boolean[] unsteady = {true};
    TileSource source =
        asked -> {
          if (asked.equals(path) && unsteady[0]) {
            unsteady[0] = false;
            throw new IOException("a cable was loose");
          }
          return log.read(asked);
        };
    audit = new SelfAudit(ORIGIN, List.of(SIGNER.verifier()), source, log);
    assertThat(rounds(1)).isEqualTo(new Progress(SIZE, SIZE, 1, ""));
    assertThat(unsteady[0]).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no such device", "the file system is read-only"})
  void l18AStoreThatCannotBeReadIsAFinding(String fault) {
    TileSource source =
        asked -> {
          throw new IOException(fault);
        };
    audit = new SelfAudit(ORIGIN, List.of(SIGNER.verifier()), source, log);
    assertThat(rounds(1).finding()).isEqualTo("tile/entries/000 cannot be read: " + fault);
  }

  @Test
  void theWriterThatIsHaltedSignsNothingMoreAndReadsGoOn() throws Exception {
    Sequencer sequencer = open(log);
    flip("tile/0/003", 40);
    Optional<String> signed = log.read();
    sequencer.halt(rounds(1).finding());
    assertThatThrownBy(() -> sequencer.commit(NaiveTree.entries(1), NO_RIDER))
        .isInstanceOf(SequencerStopped.class)
        .hasMessageContaining("tile/0/003 is damaged");
    assertThat(log.read()).isEqualTo(signed);
    assertThat(new LogReader(log).entry(1_000, SIZE))
        .isEqualTo(NaiveTree.entries(1_001).get(1_000));
  }

  @Test
  void aBatchThatWasStagedBeforeTheHaltIsPublishedByTheNextOpening() throws Exception {
    Sequencer sequencer = open(log);
    var staged = sequencer.stage(NaiveTree.entries(1), NO_RIDER);
    sequencer.halt("damage");
    sequencer.halt("a second reason");
    assertThatThrownBy(() -> sequencer.publish(staged)).hasMessageEndingWith("stopped: damage");
    assertThat(open(log).checkpoint().checkpoint().size()).isEqualTo(SIZE + 1);
  }

  @Test
  void afterTheDamageIsRepairedANewStartGoesOn() throws Exception {
    flip("tile/entries/007", 50);
    assertThat(rounds(1).damaged()).isTrue();
    flip("tile/entries/007", 50);
    open(log).commit(NaiveTree.entries(10), NO_RIDER);
    audit = audit(log);
    assertThat(rounds(1)).isEqualTo(new Progress(SIZE + 10, SIZE + 10, 1, ""));
  }

  @ParameterizedTest
  @EnumSource(MemoryLog.Keeping.class)
  void nothingIsFoundInALogThatGrowsMeanwhile(MemoryLog.Keeping keeping) throws Exception {
    log = new MemoryLog(keeping);
    Sequencer.create(ORIGIN, List.of(SIGNER), log, log);
    Sequencer sequencer = open(log);
    audit = audit(log);
    int commits = 1_500;
    Thread writer = new Thread(() -> grow(sequencer, commits), "writer");
    writer.start();
    while (writer.isAlive()) {
      assertThat(audit.step(3).finding()).isEmpty();
    }
    assertThat(sequencer.stopped()).isEmpty();
    rounds(2);
    assertThat(audit.progress().finding()).isEmpty();
    assertThat(audit.progress().size()).isEqualTo(sequencer.checkpoint().checkpoint().size());
    assertThat(audit.progress().rounds()).isGreaterThan(5);
    assertThat(audit.progress().size()).isGreaterThan(10 * commits);
  }

  private static void grow(Sequencer sequencer, int commits) {
    SplittableRandom random = new SplittableRandom(8);
    List<Bytes> entries = NaiveTree.entries(60);
    try {
      for (int i = 0; i < commits; i++) {
        sequencer.commit(entries.subList(0, 1 + random.nextInt(60)), NO_RIDER);
      }
    } catch (SequencerStopped e) {
      throw new AssertionError(e);
    }
  }
}
