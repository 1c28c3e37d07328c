package org.almoner.simulation.invariant;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.simulation.truth.TrueLine;

/** What counted once for somebody who means well counts for ever. */
final class SettledWorkStays implements Invariant {
  private final Set<Long> counted = new HashSet<>();

  @Override
  public String sentence() {
    return "no honest donor ever loses settled work";
  }

  @Override
  public Optional<String> broken(State state) {
    for (long leaf : counted) {
      if (!state.books().outcomes().counts(leaf)) {
        return Optional.of("entry " + leaf + " counted, and does not count any more");
      }
    }
    for (CheckedLine line : state.books().opened()) {
      boolean honest = state.truth().of(line.line().lease()).filter(TrueLine::honest).isPresent();
      if (honest && state.books().outcomes().counts(line.leaf())) {
        counted.add(line.leaf());
      }
    }
    return Optional.empty();
  }
}
