package org.almoner.simulation.strategy;

/** Computes everything, and has it taken twice. */
final class Repeater implements Strategy {
  @Override
  public boolean honest() {
    return false;
  }

  @Override
  public boolean replays() {
    return true;
  }

  @Override
  public Made make(Unit unit, Now now) {
    return Made.honest(unit);
  }
}
