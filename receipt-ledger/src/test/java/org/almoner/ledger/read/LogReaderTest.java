package org.almoner.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final int SIZE = 66_100;
  private static final List<Bytes> ENTRIES = NaiveTree.entries(SIZE);
  private static final MemoryLog LOG = new MemoryLog(MemoryLog.Keeping.EXACT);

  @BeforeAll
  static void fill() throws Exception {
    String origin = "log.example/2026";
    Ed25519NoteSigner signer =
        new Ed25519NoteSigner(origin, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
    Sequencer.create(origin, List.of(signer), LOG, LOG);
    Sequencer sequencer = Sequencer.open(origin, List.of(signer), LOG, LOG);
    for (int at = 0; at < SIZE; at += 6610) {
      sequencer.commit(ENTRIES.subList(at, at + 6610), Bytes.of(new byte[0]));
    }
  }

  @Test
  void proofsOfLeavesAllOverALargeLogHold() throws Exception {
    LogReader reader = new LogReader(LOG);
    for (int size : new int[] {6610, 13_220, SIZE}) {
      Hash root = NaiveTree.root(ENTRIES.subList(0, size));
      for (int index = 0; index < size; index += 271) {
        reader.inclusion(index, size).verify(index, size, reader.leaf(index, size), root);
        assertThat(reader.entry(index, size)).isEqualTo(ENTRIES.get(index));
        assertThat(reader.leaf(index, size)).isEqualTo(NaiveTree.leaf(ENTRIES.get(index)));
      }
      assertThat(reader.root(size)).isEqualTo(root);
    }
  }

  @Test
  void proofsOfNeighboursAreThoseOfEach() throws Exception {
    LogReader reader = new LogReader(LOG);
    for (int size : new int[] {6610, SIZE}) {
      for (int first : new int[] {0, 250, 4_090, size - 64}) {
        List<InclusionProof> together = reader.inclusions(first, 64, size);
        for (int i = 0; i < 64; i++) {
          assertThat(together.get(i)).isEqualTo(reader.inclusion(first + i, size));
        }
      }
    }
  }

  @Test
  void everyPublishedSizeIsConsistentWithEveryLaterOne() throws Exception {
    LogReader reader = new LogReader(LOG);
    for (int second = 0; second <= SIZE; second += 6610) {
      for (int first = 0; first <= second; first += 6610) {
        reader
            .consistency(first, second)
            .verify(first, reader.root(first), second, reader.root(second));
      }
    }
  }

  @Test
  void aTileIsReadOnceWhileItIsInMemory() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    LogReader reader =
        new LogReader(
            path -> {
              reads.incrementAndGet();
              return LOG.read(path);
            });
    reader.inclusion(40_000, SIZE);
    int first = reads.get();
    assertThat(first).isLessThanOrEqualTo(6);
    for (int i = 0; i < 50; i++) {
      reader.inclusion(40_000 - i, SIZE);
    }
    assertThat(reads.get()).isEqualTo(first);
  }

  @Test
  void aSmallMemoryOnlyReadsMoreOften() throws Exception {
    LogReader reader = new LogReader(LOG, 1);
    Hash root = NaiveTree.root(ENTRIES);
    for (int index = 0; index < SIZE; index += 5003) {
      reader.inclusion(index, SIZE).verify(index, SIZE, NaiveTree.leaf(ENTRIES.get(index)), root);
    }
  }

  @Test
  void aMissingOrDamagedTileIsNamed() {
    LogReader nothing = new LogReader(path -> Optional.empty());
    assertThatThrownBy(() -> nothing.inclusion(3, 300))
        .isInstanceOf(TileUnreadable.class)
        .hasMessage("tile/0/001.p/44 is missing from the log");
    LogReader garbage = new LogReader(path -> Optional.of(Bytes.utf8("x")));
    assertThatThrownBy(() -> garbage.entry(3, 300))
        .isInstanceOf(TileUnreadable.class)
        .hasMessage("tile/entries/000 is damaged: the bundle ends before entry 0 of 256");
    assertThatThrownBy(() -> garbage.leaf(299, 300))
        .hasMessage("tile/0/001.p/44 is damaged: a tile of width 44 has 1408 octets; this has 1");
  }

  @Test
  void whatIsNotInTheLogIsNotAskedFor() {
    assertThatThrownBy(() -> new LogReader(LOG).entry(SIZE, SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a log of size 66100 has no item 66100 at level -1");
  }
}
