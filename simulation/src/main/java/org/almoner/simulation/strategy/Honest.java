package org.almoner.simulation.strategy;

/** Computes everything and reports what it took. */
final class Honest implements Strategy {
  @Override
  public boolean honest() {
    return true;
  }

  @Override
  public Made make(Unit unit, Now now) {
    return Made.honest(unit);
  }
}
