package org.almoner.ledger.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

class TilesTest {
  private static final List<Bytes> ENTRIES = NaiveTree.entries(256);
  private static final List<Hash> LEAVES = ENTRIES.stream().map(TreeHash::leaf).toList();

  @Test
  void aTileKnowsEverySubtreeInsideIt() throws MalformedTile {
    for (int width : new int[] {1, 2, 3, 7, 64, 255, 256}) {
      HashTile tile = HashTile.parse(HashTile.format(LEAVES.subList(0, width)), width);
      assertThat(tile.hashes()).isEqualTo(LEAVES.subList(0, width));
      for (int height = 0; width >> height > 0; height++) {
        for (int i = 0; i < width >> height; i++) {
          assertThat(tile.subtree(height, i))
              .isEqualTo(NaiveTree.root(ENTRIES.subList(i << height, (i + 1) << height)));
        }
      }
      assertThat(TreeHash.rootOf(tile.peaks()))
          .isEqualTo(NaiveTree.root(ENTRIES.subList(0, width)));
    }
  }

  @Test
  void aTileOfTheWrongLengthIsNamed() {
    assertThatThrownBy(() -> HashTile.parse(Bytes.of(new byte[95]), 3))
        .isInstanceOf(MalformedTile.class)
        .hasMessage("a tile of width 3 has 96 octets; this has 95");
  }

  @Test
  void aBundleKeepsEntriesOfEveryLength() throws MalformedTile {
    EntryBundle bundle =
        new EntryBundle(
            List.of(Bytes.of(new byte[0]), Bytes.utf8("x"), Bytes.of(new byte[65_535])));
    assertThat(bundle.format().size()).isEqualTo(3 * 2 + 1 + 65_535);
    assertThat(bundle.format().toHex()).startsWith("0000" + "000178" + "ffff00");
    assertThat(EntryBundle.parse(bundle.format(), 3)).isEqualTo(bundle);
  }

  @Test
  void aBundleThatEndsTooSoonOrTooLateIsNamed() {
    byte[] octets = new EntryBundle(ENTRIES.subList(0, 2)).format().toArray();
    assertThatThrownBy(() -> EntryBundle.parse(Bytes.of(octets), 3))
        .hasMessage("the bundle ends before entry 2 of 3");
    assertThatThrownBy(() -> EntryBundle.parse(Bytes.of(octets), 1))
        .hasMessage("9 octets follow the last of 1 entries in the bundle");
    assertThatThrownBy(
            () -> EntryBundle.parse(Bytes.of(Arrays.copyOf(octets, octets.length - 1)), 2))
        .hasMessage("the bundle ends inside entry 1 of 2");
  }

  @Test
  void anEntryTooLongForItsLengthFieldIsRefused() {
    assertThatThrownBy(() -> new EntryBundle(List.of(Bytes.of(new byte[65_536]))))
        .hasMessage("an entry has at most 65535 octets; this has 65536");
  }

  @Test
  void aDroppedPartialTileIsCutFromTheFullOne() throws IOException {
    Map<TilePath, Bytes> held =
        Map.of(
            new TilePath(0, 0, 256), HashTile.format(LEAVES),
            new TilePath(-1, 0, 256), new EntryBundle(ENTRIES).format());
    TileSource source = path -> Optional.ofNullable(held.get(path));
    assertThat(source.find(new TilePath(0, 0, 100)))
        .contains(HashTile.format(LEAVES.subList(0, 100)));
    assertThat(source.find(new TilePath(-1, 0, 100)))
        .contains(new EntryBundle(ENTRIES.subList(0, 100)).format());
    assertThat(source.find(new TilePath(0, 1, 100))).isEmpty();
    assertThat(source.read(new TilePath(0, 0, 100))).isEmpty();
  }

  @Test
  void aFullTileTooShortToCutIsNamed() {
    TileSource source =
        path -> path.isFull() ? Optional.of(Bytes.of(new byte[31])) : Optional.empty();
    assertThatThrownBy(() -> source.find(new TilePath(0, 7, 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("tile/0/007 is damaged: a tile of width 1 cannot be cut from 31 octets");
  }
}
