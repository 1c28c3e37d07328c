package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.lease.BatchId;

/**
 * The backlogs of all batches; those with something to lease take turns, but starter units, which
 * nobody gets in turn.
 */
final class Backlogs {
  private final Map<BatchId, Backlog> all = new HashMap<>();

  /** The one whose turn it is first. */
  private final Map<BatchId, Backlog> turns = new LinkedHashMap<>();

  /** Adds a batch. */
  void open(Backlog backlog) {
    all.put(backlog.batch().id(), backlog);
    letTakeTurns(backlog);
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

  /** Those with something to lease, the one whose turn it is first. */
  List<Backlog> inTurn() {
    return new ArrayList<>(turns.values());
  }

  /** The backlog had its turn. */
  void served(Backlog backlog) {
    turns.remove(backlog.batch().id());
    letTakeTurns(backlog);
  }

  private void letTakeTurns(Backlog backlog) {
    if (backlog.hasWork() && !backlog.batch().starter()) {
      turns.put(backlog.batch().id(), backlog);
    }
  }

  /** Nothing of the batch is leased any more. */
  void close(Backlog backlog) {
    turns.remove(backlog.batch().id());
    backlog.waiting().clear();
  }

  /** Nothing of the batch will change any more. */
  void forget(BatchId batch) {
    turns.remove(batch);
    all.remove(batch);
  }

  /** Lets the unit wait for whoever asks next, if it needs another replica. */
  void wait(Backlog backlog, Unit unit) {
    if (!backlog.batch().starter() && !backlog.stopped() && unit.wanted(backlog.agree()) > 0) {
      backlog.waiting().add(unit);
      turns.putIfAbsent(backlog.batch().id(), backlog);
    }
  }
}
