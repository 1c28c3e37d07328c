package org.almoner.simulation.strategy;

/**
 * Forges some units that nobody was given before, which the number of a replica tells; computes
 * everything else, so that it never contradicts an answer that is there already.
 */
final class Careful implements Strategy {
  private final Traits traits;

  Careful(Traits traits) {
    this.traits = traits;
  }

  @Override
  public boolean honest() {
    return false;
  }

  @Override
  public Made make(Unit unit, Now now) {
    boolean forges =
        now.proved() >= traits.after()
            && unit.lease().replica() == 0
            && now.draws().nextInt(1_000) < traits.permille();
    return forges ? Made.forged(unit, "drawn " + now.draws().nextLong()) : Made.honest(unit);
  }
}
