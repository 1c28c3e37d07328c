package org.almoner.coordinator.http.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

class BucketsTests {
  private long nowMs = 1_000_000;
  private final Buckets<Integer> buckets =
      new Buckets<>(60, 3, () -> java.time.Instant.ofEpochMilli(nowMs));

  private int taken(int key, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += buckets.take(key, 1) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aMinutesRequestsMayComeAtOnceAndNoMore() {
    assertThat(taken(1, 100)).isEqualTo(60);
    assertThat(buckets.has(1)).isFalse();
    assertThat(taken(2, 100)).as("somebody else").isEqualTo(60);
  }

  @Test
  void itFillsEvenlyAndNotBeyondAMinute() {
    assertThat(taken(1, 100)).isEqualTo(60);
    nowMs += 999;
    assertThat(taken(1, 100)).isZero();
    nowMs += 1;
    assertThat(taken(1, 100)).isEqualTo(1);
    nowMs += 10_000;
    assertThat(taken(1, 100)).isEqualTo(10);
    nowMs += 86_400_000;
    assertThat(taken(1, 100)).isEqualTo(60);
  }

  @Test
  void aClockThatIsSetBackGivesAndTakesNothing() {
    assertThat(taken(1, 30)).isEqualTo(30);
    nowMs -= 3_600_000;
    assertThat(taken(1, 100)).isEqualTo(30);
    nowMs += 2_000;
    assertThat(taken(1, 100)).isEqualTo(2);
  }

  @Test
  void aShareTakesItsPart() {
    int taken = 0;
    while (buckets.take(1, 10)) {
      taken++;
    }
    assertThat(taken).isEqualTo(600);
  }

  @Test
  void ofTooManyKeysTheOneThatRestedLongestBeginsAnew() {
    for (int key = 1; key <= 3; key++) {
      assertThat(taken(key, 60)).isEqualTo(60);
    }
    assertThat(buckets.has(1)).isFalse(); // Looked at: now 2 rests longest.
    assertThat(taken(4, 1)).isEqualTo(1);
    assertThat(buckets.size()).isEqualTo(3);
    assertThat(taken(1, 1)).isZero();
    assertThat(taken(3, 1)).isZero();
    assertThat(taken(2, 1)).isEqualTo(1);
  }

  @Test
  void theHighestLimitDoesNotOverflow() {
    Buckets<Hash> free =
        new Buckets<>(RateLimits.MAX, 3, () -> java.time.Instant.ofEpochMilli(nowMs));
    Hash key = Hash.ZERO;
    for (int i = 0; i < 1_000; i++) {
      assertThat(free.take(key, 1)).isTrue();
      nowMs += 60_000;
    }
  }
}
