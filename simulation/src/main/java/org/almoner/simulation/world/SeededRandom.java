package org.almoner.simulation.world;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.random.RandomGenerator;

/** Keys, salts and nonces that are the same for the same seed: never to be used for real ones. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  /** Draws from {@code draws}. */
  public SeededRandom(RandomGenerator draws) {
    super(new Drawn(draws), null);
  }

  private static final class Drawn extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient RandomGenerator draws;

    Drawn(RandomGenerator draws) {
      this.draws = draws;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // What else is mixed in would make two runs differ.
    }

    @Override
    protected void engineNextBytes(byte[] octets) {
      draws.nextBytes(octets);
    }

    @Override
    protected byte[] engineGenerateSeed(int octets) {
      byte[] seed = new byte[octets];
      draws.nextBytes(seed);
      return seed;
    }
  }
}
