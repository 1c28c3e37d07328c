package org.almoner.command.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void withoutRequestsAQuantileIsZero() {
    assertThat(new Latencies().quantileMs(0.5)).isZero();
  }

  @Test
  void aQuantileIsAtMostOnePartInThirtyTwoTooLong() {
    for (long micros = 1; micros < 100_000_000; micros = micros * 3 / 2 + 1) {
      Latencies latencies = new Latencies();
      latencies.add(Duration.ofNanos(micros * 1_000));
      double found = latencies.quantileMs(1) * 1_000;
      assertThat(found).isBetween((double) micros, micros * (1 + 1.0 / 32));
    }
  }

  @Test
  void quantilesCountTheRequestsBelowThem() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 98; i++) {
      latencies.add(Duration.ofMillis(1));
    }
    latencies.add(Duration.ofMillis(10));
    latencies.add(Duration.ofMillis(100));

    assertThat(latencies.quantileMs(0.50)).isCloseTo(1, within(0.05));
    assertThat(latencies.quantileMs(0.99)).isCloseTo(10, within(0.4));
    assertThat(latencies.quantileMs(1)).isCloseTo(100, within(4.0));
  }
}
