package org.almoner.simulation.strategy;

/** Computes everything and claims more than it was. */
final class Inflater implements Strategy {
  private final int percent;
  private final boolean countToo;
  private long own;

  Inflater(int percent, boolean countToo) {
    this.percent = percent;
    this.countToo = countToo;
  }

  @Override
  public boolean honest() {
    return false;
  }

  /** Two who inflate alike would agree with each other. */
  private long own(Now now) {
    if (own == 0) {
      own = now.draws().nextLong(1, 1_000_000);
    }
    return own;
  }

  @Override
  public Made make(Unit unit, Now now) {
    // No line may claim more than the time since its grant.
    long most = unit.waitedMs() + unit.fullMs();
    long claimed = Math.min(unit.fullMs() * percent / 100, most);
    return countToo
        ? Made.counting(unit, unit.count() * percent / 100 + own(now), claimed)
        : Made.claiming(unit, claimed);
  }
}
