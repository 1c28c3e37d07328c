package org.almoner.coordinator.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.lease.BatchId;

/**
 * The backlogs of all batches; those with something to lease have their owner's share, but starter
 * units, which nobody gets in turn.
 */
final class Backlogs {
  private final Map<BatchId, Backlog> all = new HashMap<>();
  private final Shares shares;

  Backlogs(Shares shares) {
    this.shares = shares;
  }

  /** Adds a batch. */
  void open(Backlog backlog) {
    all.put(backlog.batch().id(), backlog);
    reopen(backlog);
  }

  /** More units of the batch may be leased than before. */
  void reopen(Backlog backlog) {
    if (backlog.hasWork() && !backlog.batch().starter()) {
      shares.enter(backlog);
    }
  }

  /** Those of all batches. */
  Collection<Backlog> all() {
    return all.values();
  }

  /** The backlog of that batch. */
  Optional<Backlog> find(BatchId id) {
    return Optional.ofNullable(all.get(id));
  }

  /** The backlog of a batch that a lease or row names. */
  Backlog of(BatchId id) {
    return find(id)
        .orElseThrow(() -> new IllegalStateException("batch " + id + " is named but not there"));
  }

  /** Who may lease how much next. */
  Shares shares() {
    return shares;
  }

  /** Nothing of the batch is leased any more. */
  void close(Backlog backlog) {
    shares.leave(backlog);
    backlog.waiting().clear();
  }

  /** Nothing of the batch will change any more. */
  void forget(BatchId batch) {
    Backlog gone = all.remove(batch);
    if (gone != null) {
      shares.leave(gone);
    }
  }

  /** Lets the unit wait for whoever asks next, if it needs another replica. */
  void wait(Group group, Backlog backlog, Unit unit) {
    unit.waitFrom(group.nowMs());
    waitAgain(backlog, unit);
  }

  /** As the other method, for a unit that has waited since before a start. */
  void waitAgain(Backlog backlog, Unit unit) {
    if (!backlog.batch().starter() && !backlog.stopped() && unit.wanted(backlog.agree()) > 0) {
      backlog.waiting().add(unit);
      shares.enter(backlog);
    }
  }
}
