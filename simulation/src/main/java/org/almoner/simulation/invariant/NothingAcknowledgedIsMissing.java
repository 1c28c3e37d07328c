package org.almoner.simulation.invariant;

import java.util.Optional;
import org.almoner.ledger.tally.CheckedLine;

/** Each line that the coordinator ever acknowledged stands in the log where it said. */
final class NothingAcknowledgedIsMissing implements Invariant {
  @Override
  public String sentence() {
    return "no acknowledged report is missing";
  }

  @Override
  public Optional<String> broken(State state) {
    for (CheckedLine line : state.books().opened()) {
      if (!state.books().holds(line)) {
        return Optional.of(
            "lease "
                + line.line().lease()
                + " was acknowledged as entry "
                + line.leaf()
                + ", which is not that line");
      }
    }
    return Optional.empty();
  }
}
