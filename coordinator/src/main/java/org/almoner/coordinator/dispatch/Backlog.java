package org.almoner.coordinator.dispatch;

import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Progress;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * What one batch still has to lease: units that need another replica, and units nobody has had.
 *
 * @param waiting units that need another replica
 */
record Backlog(Batch batch, Progress progress, Waiting waiting) {
  /** Distinct donors who must agree. */
  int agree() {
    return batch.spec().agree();
  }

  /** Whether anything may be left to lease. */
  boolean hasWork() {
    return !stopped() && (waiting.size() > 0 || progress.next() < batch.units());
  }

  /** Whether no more of it is leased. */
  boolean stopped() {
    return progress.stopped().isStop();
  }

  /** Whether the computer that asks lends what a unit may take. */
  boolean fits(LeaseRequest request) {
    Allotment needs = batch.spec().allotment();
    return needs.cores() <= request.cores()
        && needs.memoryBytes() <= request.memoryBytes()
        && needs.diskBytes() <= request.diskBytes();
  }
}
