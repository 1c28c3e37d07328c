package org.almoner.coordinator.settlement;

import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.LeaseId;

/**
 * A stretch of the log whose lines have matured, whole pages.
 *
 * @param from first leaf
 * @param to behind the last leaf
 * @param lines its usage lines, in order
 */
record Slice(long from, long to, List<Line> lines) {
  /** Copies the list. */
  Slice {
    lines = List.copyOf(lines);
  }

  /**
   * A usage line.
   *
   * @param outcome as the rows had it when the slice was read
   */
  record Line(long leaf, LeaseId lease, Outcome outcome) {}
}
