package org.almoner.simulation.strategy;

import java.time.Duration;

/** Computes nothing; sends what others agreed on once anybody can read it, else at random. */
final class Copier implements Strategy {
  private static final long PATIENCE_MS = Duration.ofHours(60).toMillis();
  private static final long LOOK_MS = Duration.ofHours(6).toMillis();

  @Override
  public boolean honest() {
    return false;
  }

  @Override
  public Made make(Unit unit, Now now) {
    if (now.published(unit.lease())) {
      return Made.copied(unit);
    }
    return unit.waitedMs() < PATIENCE_MS
        ? Made.later(LOOK_MS)
        : Made.forged(unit, "drawn " + now.draws().nextLong());
  }
}
