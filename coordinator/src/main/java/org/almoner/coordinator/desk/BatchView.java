package org.almoner.coordinator.desk;

import org.almoner.protocol.lease.BatchId;

/**
 * How a batch stands, in counts.
 *
 * @param project the batch's name
 * @param purpose shown to volunteers
 * @param release name and version of the software
 * @param units all units
 * @param leased leases out at this moment
 * @param reported lines logged
 * @param accepted units with an agreed result
 * @param failed units that ended without one
 * @param rejected lines that were outvoted or refused
 * @param cpuMs CPU time of the accepted lines
 * @param starter whether these are starter units, which serve no science
 */
public record BatchView(
    BatchId id,
    String project,
    String purpose,
    String release,
    long units,
    long leased,
    long reported,
    long accepted,
    long failed,
    long rejected,
    long cpuMs,
    boolean starter) {
  /** Whether every unit has ended. */
  public boolean done() {
    return accepted + failed == units;
  }
}
