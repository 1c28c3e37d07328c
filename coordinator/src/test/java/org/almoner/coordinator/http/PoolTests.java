package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.almoner.coordinator.http.rate.ClientNet;
import org.junit.jupiter.api.Test;

class PoolTests {
  private static final ClientNet ONE = new ClientNet(1, false);
  private static final ClientNet TWO = new ClientNet(2, false);
  private static final ClientNet THREE = new ClientNet(3, false);

  private final Pool pool = new Pool(100, 50);

  @Test
  void oneAddressTakesItsShareAndNoMore() {
    assertThat(pool.take(ONE, 30)).isTrue();
    assertThat(pool.take(ONE, 21)).isFalse();
    assertThat(pool.take(ONE, 20)).isTrue();
    assertThat(pool.take(TWO, 50)).as("what is left is the others'").isTrue();
  }

  @Test
  void allTogetherTakeNoMoreThanThereIs() {
    assertThat(pool.take(ONE, 50)).isTrue();
    assertThat(pool.take(TWO, 40)).isTrue();
    assertThat(pool.take(THREE, 11)).isFalse();
    assertThat(pool.take(THREE, 10)).isTrue();
  }

  @Test
  void whatIsGivenBackIsTakenAgain() {
    assertThat(pool.take(ONE, 50)).isTrue();
    pool.give(ONE, 50);
    assertThat(pool.take(ONE, 50)).isTrue();
    assertThat(pool.take(TWO, 50)).isTrue();
    pool.give(ONE, 20);
    assertThat(pool.take(THREE, 20)).isTrue();
    assertThat(pool.take(ONE, 1)).isFalse();
  }
}
