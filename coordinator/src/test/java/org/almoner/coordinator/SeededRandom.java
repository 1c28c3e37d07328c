package org.almoner.coordinator;

import java.security.SecureRandom;
import java.util.Random;

/** The same octets for the same seed, for tests that compare runs. */
final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random random;

  SeededRandom(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public synchronized void nextBytes(byte[] octets) {
    random.nextBytes(octets);
  }
}
