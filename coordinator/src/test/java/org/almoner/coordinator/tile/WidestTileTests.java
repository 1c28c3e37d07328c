package org.almoner.coordinator.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;

class WidestTileTests {
  private static WidestTile tile(int width, int fill) {
    byte[] octets = new byte[32 * width];
    Arrays.fill(octets, (byte) fill);
    return new WidestTile(new TilePath(0, 3, width), Bytes.of(octets));
  }

  @Test
  void narrowerVersionsAreCutFromIt() throws IOException {
    WidestTile wide = tile(5, 1);
    assertThat(wide.at(new TilePath(0, 3, 5))).contains(wide.octets());
    assertThat(wide.at(new TilePath(0, 3, 2))).contains(tile(2, 1).octets());
    assertThat(wide.at(new TilePath(0, 3, 6))).isEmpty();
  }

  @Test
  void theWiderIsKeptInWhateverOrderTheyCome() throws IOException {
    assertThat(tile(2, 1).or(tile(5, 1))).isEqualTo(tile(5, 1));
    assertThat(tile(5, 1).or(tile(2, 1))).isEqualTo(tile(5, 1));
  }

  @Test
  void otherOctetsAreRefused() {
    assertThatThrownBy(() -> tile(2, 1).or(tile(5, 2))).hasMessageContaining("other octets");
    assertThatThrownBy(() -> tile(2, 1).or(tile(2, 2))).hasMessageContaining("other octets");
  }
}
