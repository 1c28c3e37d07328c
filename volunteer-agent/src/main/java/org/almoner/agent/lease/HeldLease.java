package org.almoner.agent.lease;

import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.Work;

/**
 * A lease in hand, with the grant that allotted it.
 *
 * @param receivedMs when the grant arrived, milliseconds since 1970 UTC, this computer's clock
 * @param deadlineMs results must arrive before it, coordinator's clock; that of the grant, or later
 */
public record HeldLease(VerifiedGrant grant, Lease lease, long receivedMs, long deadlineMs) {
  /** A lease as it was granted. */
  public HeldLease(VerifiedGrant grant, Lease lease, long receivedMs) {
    this(grant, lease, receivedMs, grant.grant().deadlineMs());
  }

  /** Which replica of which unit. */
  public LeaseId id() {
    return lease.id();
  }

  /** The software, the purpose and the allotment. */
  public Work work() {
    return grant.grant().workOf(lease.id());
  }

  /**
   * A reading of this computer's clock, set by the coordinator's.
   *
   * <p>The grant was issued before it was received. Counting from the moment of issue therefore
   * never gives a time before it, nor one after the coordinator's own, however wrong this
   * computer's clock is; the error is the time that the grant travelled.
   */
  public long onCoordinatorsClock(long ownMs) {
    return grant.grant().issuedMs() + Math.max(0, ownMs - receivedMs);
  }

  /** Milliseconds until results are no longer taken; negative when it is too late. */
  public long leftMs(long ownMs) {
    return deadlineMs - onCoordinatorsClock(ownMs);
  }
}
