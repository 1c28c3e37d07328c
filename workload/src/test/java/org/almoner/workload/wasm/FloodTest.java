package org.almoner.workload.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class FloodTest {
  private static final int LENGTH = 50_000;

  /**
   * The order in which the ways are known is the worst there is for one who walks over them all.
   */
  @Test
  void aLongChainIsGoneThroughOnce() {
    Flood flood = new Flood();
    for (int i = 0; i < LENGTH; i++) {
      flood.addWay(i + 1, i);
    }
    BitSet reached = new BitSet();
    reached.set(LENGTH);
    flood.spread(reached);
    assertThat(reached.cardinality()).isEqualTo(LENGTH + 1);
    assertThat(flood.looks()).isEqualTo(LENGTH);
  }

  @Test
  void aCircleEndsAndWhatIsNotReachedStaysOut() {
    Flood flood = new Flood();
    flood.addWay(1, 2);
    flood.addWay(2, 1);
    flood.addWay(3, 1);
    BitSet reached = new BitSet();
    reached.set(1);
    flood.spread(reached);
    assertThat(reached.stream()).containsExactly(1, 2);
    assertThat(flood.looks()).isEqualTo(2);
  }
}
