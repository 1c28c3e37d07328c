package org.almoner.ledger.check;

import java.util.List;

/**
 * What a check of a whole log came to.
 *
 * @param findings what is wrong, in the order of the log; empty when all is well
 * @param usageLines entries of kind usage that were read
 * @param settled how many of them have an outcome
 */
public record CheckedLog(List<Finding> findings, long usageLines, long settled) {
  /** Copies the findings. */
  public CheckedLog {
    findings = List.copyOf(findings);
  }

  /** Usage lines that wait for their settlement. */
  public long unsettled() {
    return usageLines - settled;
  }
}
