package org.almoner.simulation.strategy;

/** Forges some units after some that were honest, and does something when it is caught. */
final class Forger implements Strategy {
  private final int permille;
  private final int after;
  private final Move whenCaught;

  Forger(int permille, int after, Move whenCaught) {
    this.permille = permille;
    this.after = after;
    this.whenCaught = whenCaught;
  }

  @Override
  public boolean honest() {
    return false;
  }

  @Override
  public Made make(Unit unit, Now now) {
    boolean forges = now.proved() >= after && now.draws().nextInt(1_000) < permille;
    return forges ? Made.forged(unit, "drawn " + now.draws().nextLong()) : Made.honest(unit);
  }

  @Override
  public Move next(Now now) {
    return whenCaught != Move.STAY && now.caught() ? whenCaught : Move.STAY;
  }
}
