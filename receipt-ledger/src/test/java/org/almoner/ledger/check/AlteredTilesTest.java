package org.almoner.ledger.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mirror of a log with one bit flipped, in any of its files: full and partial, of any level. */
class AlteredTilesTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));

  /** Two full tiles and a partial one of leaves, and a partial one above. */
  private static final int SIZE = 2 * TilePath.FULL + 88;

  private static final int SAMPLE = 150;

  private static final Map<TilePath, Bytes> TILES = new TreeMap<>();
  private static SignedCheckpoint checkpoint;

  @BeforeAll
  static void publish() throws Exception {
    MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(SIGNER), log, log);
    Sequencer sequencer = Sequencer.open(ORIGIN, List.of(SIGNER), log, log);
    for (int i = 0; i < SIZE; i++) {
      Bytes entry = Commitment.of(Kind.USAGE, ORIGIN, Hash.ZERO, i, Hash.ZERO).entry().octets();
      sequencer.commit(List.of(entry), Bytes.of(new byte[0]));
    }
    checkpoint = sequencer.checkpoint();
    for (int level = TilePath.ENTRIES; TilePath.count(level, SIZE) > 0; level++) {
      for (long item = 0; item < TilePath.count(level, SIZE); item += TilePath.FULL) {
        TilePath path = TilePath.holding(level, item, SIZE).orElseThrow();
        TILES.put(path, log.find(path).orElseThrow());
      }
    }
  }

  private static TileSource mirror(TilePath altered, byte[] octets) {
    return path -> Optional.ofNullable(path.equals(altered) ? Bytes.of(octets) : TILES.get(path));
  }

  @Test
  void theMirrorItselfIsWhole() throws Exception {
    assertThat(TILES.keySet())
        .extracting(TilePath::toString)
        .containsExactlyInAnyOrder(
            "tile/entries/000",
            "tile/entries/001",
            "tile/entries/002.p/88",
            "tile/0/000",
            "tile/0/001",
            "tile/0/002.p/88",
            "tile/1/000.p/2");
    assertThat(LogCheck.run(path -> Optional.ofNullable(TILES.get(path)), checkpoint)).isEmpty();
  }

  @Test
  void aFlippedBitOfAnyFileIsFoundAndTheFileNamed() throws Exception {
    SplittableRandom random = new SplittableRandom(20_261_120);
    for (Map.Entry<TilePath, Bytes> tile : TILES.entrySet()) {
      for (int i = 0; i < SAMPLE; i++) {
        flip(tile.getKey(), random.nextInt(tile.getValue().size()), random.nextInt(8));
      }
    }
  }

  @Test
  @Tag("long")
  void soIsOneOfEveryOctet() throws Exception {
    for (Map.Entry<TilePath, Bytes> tile : TILES.entrySet()) {
      for (int at = 0; at < tile.getValue().size(); at++) {
        flip(tile.getKey(), at, at % 8);
      }
    }
  }

  private static void flip(TilePath path, int at, int bit) throws IOException {
    byte[] octets = TILES.get(path).toArray();
    octets[at] ^= (byte) (1 << bit);
    assertThat(LogCheck.run(mirror(path, octets), checkpoint))
        .as("bit %d of octet %d of %s", bit, at, path)
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("\n"))
        .anySatisfy(finding -> assertThat(finding.toString()).contains(path.toString()));
  }

  @Test
  void everyFlippedBitOfTheCheckpointIsRefused() throws Exception {
    byte[] note = checkpoint.format().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int at = 0; at < note.length; at++) {
      byte[] flipped = note.clone();
      flipped[at] ^= (byte) (1 << at % 7);
      String text = new String(flipped, java.nio.charset.StandardCharsets.UTF_8);
      assertThat(refusal(text)).as("octet %d", at).isNotBlank().doesNotContain("null");
    }
  }

  private static String refusal(String note) {
    try {
      SignedCheckpoint.open(note, ORIGIN, List.of(SIGNER.verifier()));
      return "";
    } catch (org.almoner.ledger.note.MalformedNote
        | org.almoner.ledger.checkpoint.MalformedCheckpoint
        | NoteRejected e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What a single look reads of a mirror it proves, whatever lies elsewhere. */
  @Test
  void anEntryThatIsShownIsProvedOrRefused() throws Exception {
    Hash root = checkpoint.checkpoint().root();
    SplittableRandom random = new SplittableRandom(7);
    for (Map.Entry<TilePath, Bytes> tile : TILES.entrySet()) {
      for (int i = 0; i < SAMPLE; i++) {
        byte[] octets = tile.getValue().toArray();
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        LogReader reader = new LogReader(mirror(tile.getKey(), octets));
        long index = random.nextInt(SIZE);
        try {
          Bytes entry = reader.entry(index, SIZE);
          reader.inclusion(index, SIZE).verify(index, SIZE, TreeHash.leaf(entry), root);
          assertThat(entry)
              .isEqualTo(
                  Commitment.of(Kind.USAGE, ORIGIN, Hash.ZERO, (int) index, Hash.ZERO)
                      .entry()
                      .octets());
        } catch (ProofRejected | IOException refused) {
          assertThat(refused.getMessage()).isNotBlank();
        }
      }
    }
  }
}
