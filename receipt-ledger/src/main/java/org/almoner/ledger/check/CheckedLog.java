package org.almoner.ledger.check;

import java.util.List;
import org.almoner.ledger.entry.Succession;

/**
 * What a check of a whole log came to.
 *
 * @param findings what is wrong, in the order of the log; empty when all is well
 * @param usageLines entries of kind usage that were read
 * @param settled how many of them have an outcome
 * @param draws what can be said of the lines that were accepted alone
 * @param succeeds the closed log that this one follows; none or one
 */
public record CheckedLog(
    List<Finding> findings, long usageLines, long settled, Draws draws, List<Succession> succeeds) {
  /** Copies the lists. */
  public CheckedLog {
    findings = List.copyOf(findings);
    succeeds = List.copyOf(succeeds);
  }

  /** Usage lines that wait for their settlement. */
  public long unsettled() {
    return usageLines - settled;
  }
}
