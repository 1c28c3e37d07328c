package org.almoner.simulation.invariant;

import java.util.Optional;

/** The mirror of the log passes every check, and every opening opens its entry. */
final class LogIsWell implements Invariant {
  @Override
  public String sentence() {
    return "a mirror of the log passes every check, and no line is settled twice";
  }

  @Override
  public Optional<String> broken(State state) {
    return state.books().faults().stream().findFirst();
  }
}
