package org.almoner.simulation.invariant;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.protocol.lease.LeaseId;

/** At most one line for each lease, for ever. */
final class NoLeaseTwice implements Invariant {
  @Override
  public String sentence() {
    return "no lease is logged twice";
  }

  @Override
  public Optional<String> broken(State state) {
    Map<LeaseId, Long> leaves = new HashMap<>();
    for (CheckedLine line : state.books().opened()) {
      Long before = leaves.put(line.line().lease(), line.leaf());
      if (before != null) {
        return Optional.of(
            "lease " + line.line().lease() + " is logged at " + before + " and " + line.leaf());
      }
    }
    return Optional.empty();
  }
}
