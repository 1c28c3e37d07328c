package org.almoner.ledger.tile;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.almoner.protocol.bytes.Bytes;

class TileProperties {
  @Property
  void everyPathIsReadBack(
      @ForAll @IntRange(min = -1, max = 63) int level,
      @ForAll @LongRange(max = Long.MAX_VALUE) long index,
      @ForAll @IntRange(min = 1, max = 256) int width)
      throws MalformedTile {
    TilePath path = new TilePath(level, index, width);
    assertThat(TilePath.parse(path.toString())).isEqualTo(path);
  }

  @Property
  void aBundleOfAnyOctetsIsReadOrRefusedAndNeverChanged(
      @ForAll @Size(max = 40) byte[] octets, @ForAll @IntRange(min = 1, max = 5) int width) {
    // Lengths are made small, so that a fair share of the bundles is well formed.
    for (int i = 0; i < octets.length; i += 3) {
      octets[i] = 0;
    }
    try {
      assertThat(EntryBundle.parse(Bytes.of(octets), width).format()).isEqualTo(Bytes.of(octets));
    } catch (MalformedTile e) {
      assertThat(e).hasMessageContaining("bundle");
    }
  }
}
