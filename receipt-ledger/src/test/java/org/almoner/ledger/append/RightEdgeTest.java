package org.almoner.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

class RightEdgeTest {
  private static final int SIZE = 66_000;
  private static final List<Bytes> ENTRIES = NaiveTree.entries(SIZE);
  private static final RightEdge.Growth WHOLE = RightEdge.empty().grow(ENTRIES);
  private static final Checkpoint CHECKPOINT = checkpoint(WHOLE.edge());

  private static Checkpoint checkpoint(RightEdge edge) {
    return new Checkpoint("log.example/2026", edge.size(), edge.root());
  }

  private static RightEdge load(Map<TilePath, Bytes> tiles, Checkpoint checkpoint)
      throws Exception {
    return RightEdge.load(checkpoint, path -> Optional.ofNullable(tiles.get(path)));
  }

  @Test
  void aLoadedEdgeGrowsAsTheOneInMemory() throws Exception {
    List<Bytes> more = NaiveTree.entries(700);
    RightEdge.Growth expected = WHOLE.edge().grow(more);
    RightEdge.Growth actual = load(WHOLE.tiles(), CHECKPOINT).grow(more);
    assertThat(actual.tiles()).isEqualTo(expected.tiles());
    assertThat(actual.edge().root()).isEqualTo(expected.edge().root());
  }

  @Test
  void manySmallBatchesGiveTheTilesOfOneLargeOne() {
    RightEdge edge = RightEdge.empty();
    Map<TilePath, Bytes> tiles = new HashMap<>();
    for (int at = 0; at < 3000; at += 7) {
      RightEdge.Growth growth = edge.grow(ENTRIES.subList(at, Math.min(3000, at + 7)));
      growth.tiles().forEach((path, octets) -> assertThat(tiles.put(path, octets)).isNull());
      edge = growth.edge();
    }
    assertThat(edge.root()).isEqualTo(NaiveTree.root(ENTRIES.subList(0, 3000)));
    assertThat(tiles).containsAllEntriesOf(RightEdge.empty().grow(edgeEntries(3000)).tiles());
  }

  private static List<Bytes> edgeEntries(int size) {
    return ENTRIES.subList(0, size);
  }

  @Test
  void everyEdgeFromNothingToSomeTilesIsLoaded() throws Exception {
    for (int size : new int[] {0, 1, 255, 256, 257, 512, 65_535, 65_536, 65_537}) {
      RightEdge.Growth growth = RightEdge.empty().grow(edgeEntries(size));
      assertThat(load(growth.tiles(), checkpoint(growth.edge())).root())
          .isEqualTo(growth.edge().root());
    }
  }

  @Test
  void eachDisagreementHasItsMessage() throws Exception {
    Map<String, String> expected = new HashMap<>();
    expected.put("tile/0/257.p/208", "the tiles at the right edge lead to root ");
    expected.put("tile/1/001.p/1", "the tiles at the right edge lead to root ");
    expected.put("tile/2/000.p/1", "the tiles at the right edge lead to root ");
    expected.put("tile/0/256", "tile/0/256 does not hash to its place in tile/1/001.p/1");
    expected.put("tile/1/000", "tile/1/000 does not hash to its place in tile/2/000.p/1");
    expected.put("tile/entries/257.p/208", "entry 65792 in tile/entries/257.p/208 does not hash");
    Set<String> messages = new HashSet<>();
    for (Map.Entry<String, String> damage : expected.entrySet()) {
      TilePath path = TilePath.parse(damage.getKey());
      messages.add(refusal(without(path)));
      byte[] octets = WHOLE.tiles().get(path).toArray();
      octets[2] ^= 1;
      assertThat(refusal(with(path, octets))).startsWith(damage.getValue());
      octets = Arrays.copyOf(octets, octets.length - 1);
      assertThat(refusal(with(path, octets))).startsWith(damage.getKey() + " is damaged: ");
    }
    assertThat(messages)
        .hasSize(expected.size())
        .contains(
            "tile/0/256 is missing, though the checkpoint of size 66000 needs it: restore it from"
                + " a copy");
  }

  @Test
  void anotherRootOfTheSameSizeIsRefused() {
    Checkpoint other = new Checkpoint("log.example/2026", SIZE, Hash.ZERO);
    assertThatThrownBy(() -> load(WHOLE.tiles(), other))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the tiles at the right edge lead to root "
                + CHECKPOINT.root()
                + ", but the checkpoint of size 66000 has root "
                + Hash.ZERO
                + ": restore the tiles from a copy that is whole");
  }

  private static Map<TilePath, Bytes> without(TilePath path) {
    Map<TilePath, Bytes> tiles = new HashMap<>(WHOLE.tiles());
    tiles.remove(path);
    return tiles;
  }

  private static Map<TilePath, Bytes> with(TilePath path, byte[] octets) {
    Map<TilePath, Bytes> tiles = new HashMap<>(WHOLE.tiles());
    tiles.put(path, Bytes.of(octets));
    return tiles;
  }

  private static String refusal(Map<TilePath, Bytes> tiles) throws Exception {
    try {
      load(tiles, CHECKPOINT);
    } catch (LogRefused e) {
      return e.getMessage();
    }
    throw new AssertionError("a damaged edge was loaded");
  }
}
