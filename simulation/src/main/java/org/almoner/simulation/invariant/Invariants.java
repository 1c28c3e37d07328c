package org.almoner.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that must hold, for one world. */
public final class Invariants {
  private final List<Invariant> all = new ArrayList<>();

  /**
   * Those that hold in a world.
   *
   * @param collusion whether some agree on wrong answers behind everybody's back: no voting holds
   *     against them, and they can have honest work voided
   */
  public Invariants(boolean collusion) {
    all.add(new LogIsWell());
    all.add(new NothingAcknowledgedIsMissing());
    all.add(new NoLeaseTwice());
    all.add(new EachLineIsSettled());
    all.add(new TotalsCanBeRecounted());
    all.add(new ChainsRecover());
    if (!collusion) {
      all.add(new SettledWorkStays());
    }
  }

  /** Something that does not hold, in one sentence; empty when everything does. */
  public Optional<String> broken(State state) {
    for (Invariant each : all) {
      Optional<String> how = each.broken(state);
      if (how.isPresent()) {
        return Optional.of(each.sentence() + ": " + how.get());
      }
    }
    return Optional.empty();
  }

  /** What must hold, as sentences. */
  public List<String> sentences() {
    return all.stream().map(Invariant::sentence).toList();
  }
}
