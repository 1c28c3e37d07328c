package org.almoner.ledger.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 273, 112, tile/0/273.p/112",
    "1, 1234067, 256, tile/1/x001/x234/067",
    "63, 1000, 1, tile/63/x001/000.p/1",
    "-1, 999, 255, tile/entries/999.p/255",
    "0, 9223372036854775807, 256, tile/0/x009/x223/x372/x036/x854/x775/807",
  })
  void aPathIsWrittenInGroupsOfThree(int level, long index, int width, String path)
      throws MalformedTile {
    assertThat(new TilePath(level, index, width)).hasToString(path);
    assertThat(TilePath.parse(path)).isEqualTo(new TilePath(level, index, width));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkpoint",
        "tile/0",
        "tile/0/",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x001",
        "tile/0/x000/000",
        "tile/0/x000/x001/000",
        "tile/0/001/000",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/1000",
        "tile/0/000.p/",
        "tile/0/000.p",
        "/tile/0/000",
        "tile/0/000/",
        "tile/data/000",
        "tile/0/../000",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/000\n",
      })
  void anythingElseIsNoPath(String path) {
    assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(MalformedTile.class);
  }

  @Test
  void theExampleTreeOfTheSpecificationHasItsTiles() {
    assertThat(TilePath.holding(0, 69_887, 70_000)).contains(new TilePath(0, 272, 256));
    assertThat(TilePath.holding(0, 69_888, 70_000)).contains(new TilePath(0, 273, 112));
    assertThat(TilePath.holding(1, 255, 70_000)).contains(new TilePath(1, 0, 256));
    assertThat(TilePath.holding(1, 256, 70_000)).contains(new TilePath(1, 1, 17));
    assertThat(TilePath.holding(2, 0, 70_000)).contains(new TilePath(2, 0, 1));
    assertThat(TilePath.holding(2, 1, 70_000)).isEmpty();
    assertThat(TilePath.holding(0, 70_000, 70_000)).isEmpty();
    assertThat(TilePath.holding(1, 0, 256)).contains(new TilePath(1, 0, 1));
    assertThat(TilePath.holding(TilePath.ENTRIES, 3, 5)).contains(new TilePath(-1, 0, 5));
    assertThat(TilePath.holding(8, 0, Long.MAX_VALUE)).isEmpty();
  }
}
