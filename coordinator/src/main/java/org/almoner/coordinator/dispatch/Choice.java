package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/** Leases chosen for one request, within what it asks for and what a grant can hold. */
final class Choice {
  /**
   * Octets of JSON after which a grant takes no more leases: with one more lease and one more
   * batch's work it still fits a signed payload.
   */
  static final int GRANT_OCTETS_MAX = 160_000;

  private final AgentId agent;
  private final Holder holder;
  private final int want;
  private final long wantMs;
  private final long nowMs;
  private final List<Chosen> leases = new ArrayList<>();
  private final List<BatchId> batches = new ArrayList<>();
  private int octets;
  private long costMs;
  private long longestWallMs;

  /** One lease, not sent out yet. */
  record Chosen(LeaseId id, Backlog backlog, Unit unit) {}

  /**
   * Nothing is chosen yet.
   *
   * @param wantMs processor time wanted in all; 0 when {@code want} alone decides
   * @param nowMs when it asks, coordinator's clock
   */
  Choice(AgentId agent, Holder holder, int want, long wantMs, long nowMs) {
    this.agent = agent;
    this.holder = holder;
    this.want = want;
    this.wantMs = wantMs;
    this.nowMs = nowMs;
  }

  /** Which computer asks. */
  AgentId agent() {
    return agent;
  }

  /** When it asks, coordinator's clock. */
  long nowMs() {
    return nowMs;
  }

  /** Who asks. */
  Holder holder() {
    return holder;
  }

  boolean full() {
    return leases.size() >= want || octets > GRANT_OCTETS_MAX || (wantMs > 0 && costMs >= wantMs);
  }

  /** Processor time that the chosen units take, as far as is known. */
  long costMs() {
    return costMs;
  }

  List<Chosen> leases() {
    return leases;
  }

  /** The longest that one of the units may run. */
  long longestWallMs() {
    return longestWallMs;
  }

  void add(Backlog backlog, Unit unit) {
    BatchId batch = backlog.batch().id();
    if (!batches.contains(batch)) {
      batches.add(batch);
      octets += backlog.batch().workOctets();
    }
    octets += backlog.batch().leaseOctets(backlog.batch().plan().unit(unit.index()));
    costMs += backlog.unitCpuMs();
    longestWallMs = Math.max(longestWallMs, backlog.batch().spec().allotment().wallMs());
    leases.add(new Chosen(new LeaseId(batch, unit.index(), unit.nextNumber()), backlog, unit));
  }
}
