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
    return !stopped() && (waiting.size() > 0 || progress.next() < progress.open());
  }

  /** Whether no more of it is leased. */
  boolean stopped() {
    return progress.stopped().isStop();
  }

  /** Processor time of one unit, as far as is known. */
  long unitCpuMs() {
    return progress.estimate().cpuMsOr(batch.spec().allotment());
  }

  /** Whether the computer that asks says it has the module and all that every unit needs. */
  boolean filesAreIn(LeaseRequest request) {
    return batch.release().program().files().stream()
            .anyMatch(file -> request.blobs().contains(file.digest()))
        && batch.spec().inputs().stream()
            .allMatch(input -> request.blobs().contains(input.digest()));
  }

  /** Whether the computer that asks has an engine for it, and lends what a unit may take. */
  boolean fits(LeaseRequest request) {
    Allotment needs = batch.spec().allotment();
    return Pairing.canRun(batch.release().program(), request)
        && needs.cores() <= request.cores()
        && needs.memoryBytes() <= request.memoryBytes()
        && needs.diskBytes() <= request.diskBytes();
  }
}
