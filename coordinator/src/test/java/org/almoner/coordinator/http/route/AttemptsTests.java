package org.almoner.coordinator.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AttemptsTests {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000));
  private final Attempts attempts = new Attempts(now::get);

  private void guess(String address) {
    for (int i = 0; i < Attempts.WRONG_MAX; i++) {
      assertThat(attempts.mayTry(address)).isTrue();
      attempts.wrong(address);
    }
  }

  @Test
  void oneAddressTriesSoOftenInAWindow() {
    guess("a");
    assertThat(attempts.mayTry("a")).isFalse();
    assertThat(attempts.mayTry("b")).isTrue();
    now.set(now.get().plus(Attempts.WINDOW));
    assertThat(attempts.mayTry("a")).isTrue();
  }

  @Test
  void manyAddressesKeepNobodyOut() {
    guess("a");
    for (int i = 0; i < Attempts.ADDRESSES_MAX; i++) {
      assertThat(attempts.mayTry("many " + i)).isTrue();
      attempts.wrong("many " + i);
    }
    assertThat(attempts.mayTry("new")).isTrue();
    assertThat(attempts.mayTry("a")).as("rested longest and is forgotten").isTrue();
  }

  @Test
  void anAddressThatGoesOnTryingIsNotForgotten() {
    guess("a");
    for (int i = 0; i < 2 * Attempts.ADDRESSES_MAX; i++) {
      attempts.wrong("many " + i);
      assertThat(attempts.mayTry("a")).isFalse();
    }
  }
}
