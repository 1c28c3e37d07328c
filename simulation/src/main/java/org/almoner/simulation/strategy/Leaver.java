package org.almoner.simulation.strategy;

import java.time.Duration;

/** Is honest for some lines, forges everything for some days, and is never seen again. */
final class Leaver implements Strategy {
  private final Traits traits;
  private long firstForgedMs = Long.MAX_VALUE;

  Leaver(Traits traits) {
    this.traits = traits;
  }

  @Override
  public boolean honest() {
    return false;
  }

  @Override
  public Made make(Unit unit, Now now) {
    if (now.proved() < traits.after()) {
      return Made.honest(unit);
    }
    firstForgedMs = Math.min(firstForgedMs, now.millis());
    return Made.forged(unit, "drawn " + now.draws().nextLong());
  }

  @Override
  public Move next(Now now) {
    boolean over =
        firstForgedMs != Long.MAX_VALUE
            && now.millis() - firstForgedMs > Duration.ofDays(traits.days()).toMillis();
    return over ? Move.LEAVE : Move.STAY;
  }
}
