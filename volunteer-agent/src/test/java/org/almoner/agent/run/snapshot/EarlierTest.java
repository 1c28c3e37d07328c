package org.almoner.agent.run.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.almoner.agent.run.Measured;
import org.almoner.protocol.usage.DiskUse;
import org.junit.jupiter.api.Test;

class EarlierTest {
  private static final Measured LAST =
      new Measured(9_000, 12_000, 3_000, 2_900, 7, 6, 8, List.of(new DiskUse(1, 2)), List.of());

  @Test
  void aUnitInOnePartIsClaimedAsMeasured() {
    assertThat(Earlier.none(8_999).and(LAST)).isEqualTo(LAST);
  }

  @Test
  void partsAreAddedAndWhatIsKnownOfOneAloneIsUnknown() {
    assertThat(new Earlier(1_000, 500, 400).and(LAST))
        .isEqualTo(new Measured(1_000, 12_000, 3_500, 3_300, 7, 6, 8));
  }

  @Test
  void noMoreIsBelievedThanFits() {
    assertThat(new Earlier(5, 50_000, 90_000).within(2_000, 9_000, 2))
        .isEqualTo(new Earlier(2_000, 7_000, 14_000));
    assertThat(new Earlier(20_000, 5, 5).within(2_000, 9_000, 1))
        .isEqualTo(new Earlier(9_000, 0, 0));
  }

  @Test
  void ofAPartThatWasCutOffNoMoreWallTimeIsClaimedThanProcessorTime() {
    assertThat(new Earlier(3_000, 5_000, 800).within(0, 9_000, 4))
        .isEqualTo(new Earlier(3_000, 800, 800));
  }
}
