package org.almoner.trials.world;

import java.security.SecureRandom;
import java.util.Random;

/** Draws the same octets for the same seed, so that two runs can be compared. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random random;

  public SeededRandom(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public synchronized void nextBytes(byte[] octets) {
    random.nextBytes(octets);
  }
}
