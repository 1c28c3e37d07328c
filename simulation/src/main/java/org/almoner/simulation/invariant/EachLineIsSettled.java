package org.almoner.simulation.invariant;

import java.util.Optional;
import org.almoner.ledger.entry.Outcome;

/** When no work is left and everything has matured, the log says of each line what became of it. */
final class EachLineIsSettled implements Invariant {
  @Override
  public String sentence() {
    return "each line is settled exactly once";
  }

  @Override
  public Optional<String> broken(State state) {
    if (!state.last()) {
      return Optional.empty();
    }
    return state.books().usage().keySet().stream()
        .filter(leaf -> state.books().outcomes().outcome(leaf) == Outcome.NONE)
        .findFirst()
        .map(leaf -> "entry " + leaf + " was never settled");
  }
}
