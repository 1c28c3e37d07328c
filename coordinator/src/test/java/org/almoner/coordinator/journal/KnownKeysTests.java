package org.almoner.coordinator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class KnownKeysTests {
  private static String key(int number) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    seed[0] = (byte) number;
    return SigningKey.of(seed).publicKey().toHex();
  }

  @Test
  void aKeyMetAgainIsTheSameObject() {
    KnownKeys keys = new KnownKeys();
    assertThat(keys.parseHex(key(1))).isSameAs(keys.parseHex(key(1)));
    assertThat(keys.parseHex(key(1))).isEqualTo(PublicKey.parseHex(key(1)));
  }

  @Test
  void anUnsoundKeyIsRefusedEveryTime() {
    KnownKeys keys = new KnownKeys();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> keys.parseHex("01" + "00".repeat(31)))
          .hasMessageContaining("not a sound Ed25519 public key");
    }
    assertThat(keys.size()).isZero();
  }

  @Test
  void noMoreThanItsMostAreRemembered() {
    KnownKeys keys = new KnownKeys(3);
    for (int i = 0; i < 10; i++) {
      assertThat(keys.parseHex(key(i)).toHex()).isEqualTo(key(i));
      assertThat(keys.size()).isBetween(1, 3);
    }
  }
}
