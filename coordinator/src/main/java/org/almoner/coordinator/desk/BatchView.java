package org.almoner.coordinator.desk;

import org.almoner.protocol.lease.Allotment;
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
 * @param allotment what each unit may take
 * @param starter whether these are starter units, which serve no science
 * @param stopped why no more of it is leased, for good; {@link StopReason#NONE} while it goes on
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
    Allotment allotment,
    boolean starter,
    StopReason stopped) {
  /** Whether its owner, or the operator, wants no more of it. */
  public boolean cancelled() {
    return stopped.kind() == StopReason.Kind.CANCELLED;
  }

  /** Whether nothing of it will change any more: every unit has ended, or all that will run has. */
  public boolean done() {
    return accepted + failed == units || (stopped.isStop() && leased == 0);
  }
}
