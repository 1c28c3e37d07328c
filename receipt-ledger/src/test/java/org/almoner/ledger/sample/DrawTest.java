package org.almoner.ledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

/** The example of docs/spec/audit-sample.md, worked out by another program. */
class DrawTest {
  private static final Hash ROOT = Hash.sha256("an example".getBytes(StandardCharsets.UTF_8));

  private static Draw draw(String origin, long size, Hash root, String rolls) throws Exception {
    return Draw.of(new Checkpoint(origin, size, root), Dice.parse(rolls));
  }

  private static Draw example() throws Exception {
    return draw("log.example.org/2026", 1_000, ROOT, "31652 24416 25334 16251");
  }

  @Test
  void theSeedIsThatOfTheExample() throws Exception {
    assertThat(example().seed().toHex())
        .isEqualTo("c8b49e1ef5812e5a810175d52a89b8c02a04089a32215113c2f50643e07acadd");
  }

  @Test
  void theRanksAreThoseOfTheExample() throws Exception {
    assertThat(example().ranks(111, 8)).containsExactly(13L, 52L, 56L, 70L, 66L, 18L, 102L, 6L);
    assertThat(example().ranks(1_000, 5)).containsExactly(376L, 438L, 164L, 392L, 98L);
    assertThat(example().ranks(10, 20)).containsExactly(6L, 0L, 4L, 7L, 8L, 5L, 1L, 2L, 3L, 9L);
  }

  @Test
  void nothingIsDrawnFromNothing() throws Exception {
    assertThat(example().ranks(0, 5)).isEmpty();
    assertThat(example().ranks(5, 0)).isEmpty();
    assertThat(example().ranks(1, 5)).containsExactly(0L);
  }

  @Test
  void everyPartOfTheCheckpointAndEveryRollChangesTheDraw() throws Exception {
    String rolls = "31652244162533416251";
    List<Draw> others =
        List.of(
            draw("log.example.org/2027", 1_000, ROOT, rolls),
            draw("log.example.org/2026", 1_001, ROOT, rolls),
            draw("log.example.org/2026", 1_000, Hash.ZERO, rolls),
            draw("log.example.org/2026", 1_000, ROOT, rolls.replace("51", "52")),
            draw("log.example.org/2026", 1_000, ROOT, rolls + "1"));
    for (Draw other : others) {
      assertThat(other.ranks(1_000, 10)).isNotEqualTo(example().ranks(1_000, 10));
    }
    assertThat(others.stream().map(Draw::seed)).doesNotHaveDuplicates();
  }

  /** Where every second number has to be passed over. */
  @Test
  void aPopulationJustAboveHalfOfAllNumbersIsDrawnFrom() throws Exception {
    long population = Long.MAX_VALUE;
    assertThat(example().ranks(population, 100))
        .hasSize(100)
        .doesNotHaveDuplicates()
        .allMatch(rank -> rank >= 0 && rank < population);
  }
}
