package org.almoner.agent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.almoner.protocol.lease.Allotment;
import org.junit.jupiter.api.Test;

class LentTest {
  private static final Lent LENT = new Lent(1, 2, 1 << 20, 1_000);

  @Test
  void whatFitsFitsAndWhatDoesNotIsNamed() {
    assertThat(LENT.tooSmallFor(new Allotment(2, 1 << 20, 1_000, 1_000))).isEmpty();
    assertThat(LENT.tooSmallFor(new Allotment(3, 1 << 20, 1_000, 1_000)))
        .contains("it needs 3 cores, lent are 2");
    assertThat(LENT.tooSmallFor(new Allotment(1, 2 << 20, 1_000, 1_000)).orElseThrow())
        .contains("octets of memory, lent are 1048576");
    assertThat(LENT.tooSmallFor(new Allotment(1, 1 << 20, 1_001, 1_000)).orElseThrow())
        .contains("octets of disk, lent are 1000");
  }

  @Test
  void nothingCannotBeLent() {
    assertThatThrownBy(() -> new Lent(0, 1, 1 << 20, 0)).hasMessageContaining("units at a time");
    assertThatThrownBy(() -> new Lent(1, 0, 1 << 20, 0)).hasMessageContaining("cores");
    assertThatThrownBy(() -> new Lent(1, 1, 1, 0)).hasMessageContaining("octets of memory");
    assertThatThrownBy(() -> new Lent(1, 1, 1 << 20, -1)).hasMessageContaining("octets of disk");
  }

  @Test
  void noMoreUnitsRunThanThereAreProcessors() {
    Lent eight = new Lent(8, 1, 1 << 20, 0);
    assertThat(eight.unitsOn(16)).isEqualTo(8);
    assertThat(eight.unitsOn(4)).isEqualTo(4);
    assertThat(new Lent(8, 4, 1 << 20, 0).unitsOn(9)).isEqualTo(2);
    assertThat(new Lent(8, 4, 1 << 20, 0).unitsOn(1)).isEqualTo(1);
  }
}
