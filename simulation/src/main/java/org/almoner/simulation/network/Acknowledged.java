package org.almoner.simulation.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almoner.ledger.tally.UsageOpening;

/**
 * Every line whose report the coordinator ever answered with a proof, whether it arrived or not.
 */
public final class Acknowledged {
  private final List<UsageOpening> lines = new ArrayList<>();

  void note(UsageOpening line) {
    lines.add(line);
  }

  /** What opens each of them, in the order of the answers; a repeated answer stands again. */
  public List<UsageOpening> lines() {
    return Collections.unmodifiableList(lines);
  }
}
