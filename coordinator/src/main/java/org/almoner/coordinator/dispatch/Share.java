package org.almoner.coordinator.dispatch;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * The batches of one owner that have something to lease, and what the owner may still lease.
 *
 * <p>Those that have a deadline come first, the earliest before the others, until it has passed;
 * the rest take turns. A batch whose files the computer has is taken before its turn, but only so
 * often.
 */
final class Share {
  /** Batches looked at for one request. */
  static final int LOOKS_MAX = 64;

  /** Batches among which one is preferred whose files the computer has. */
  static final int PREFERENCE_LOOKS = 8;

  /** Times in a row that the batch whose turn it is may be passed over. */
  static final int PASSED_MAX = 16;

  private final int weight;
  private final TreeSet<Backlog> urgent =
      new TreeSet<>(
          Comparator.comparingLong((Backlog b) -> b.batch().spec().deadlineMs())
              .thenComparingLong(b -> b.batch().number()));
  private final Map<BatchId, Backlog> turns = new LinkedHashMap<>();
  private long deficitMs;
  private int passed;

  Share(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }

  /** Processor time the owner may still lease in this turn; negative when some is owed. */
  long deficitMs() {
    return deficitMs;
  }

  void spend(long costMs) {
    deficitMs -= costMs;
  }

  void deal(long quantumMs) {
    deficitMs += quantumMs * weight;
  }

  boolean isEmpty() {
    return urgent.isEmpty() && turns.isEmpty();
  }

  void enter(Backlog backlog) {
    if (backlog.batch().spec().deadlineMs() > 0) {
      urgent.add(backlog);
    } else {
      turns.putIfAbsent(backlog.batch().id(), backlog);
    }
  }

  void leave(Backlog backlog) {
    urgent.remove(backlog);
    turns.remove(backlog.batch().id());
  }

  /** Leases while there is something left of the turn; returns whether any batch fits. */
  boolean serve(Choice choice, LeaseRequest request, long nowMs, Shares.Leasing leasing) {
    long costMsMax = choice.costMs() + deficitMs;
    boolean fits = serveUrgent(choice, request, nowMs, leasing, costMsMax);
    int looks = Math.min(turns.size(), LOOKS_MAX);
    while (looks-- > 0 && !choice.full() && choice.costMs() < costMsMax) {
      Backlog next = next(request);
      turns.remove(next.batch().id());
      if (next.fits(request)) {
        fits = true;
        leasing.lease(next, choice, costMsMax);
      }
      if (next.hasWork()) {
        turns.put(next.batch().id(), next);
      }
    }
    return fits;
  }

  private boolean serveUrgent(
      Choice choice, LeaseRequest request, long nowMs, Shares.Leasing leasing, long costMsMax) {
    boolean fits = false;
    int looks = LOOKS_MAX;
    Iterator<Backlog> earliest = urgent.iterator();
    while (earliest.hasNext() && looks-- > 0 && !choice.full() && choice.costMs() < costMsMax) {
      Backlog next = earliest.next();
      if (next.batch().spec().deadlineMs() <= nowMs) {
        earliest.remove();
        turns.put(next.batch().id(), next);
        continue;
      }
      if (next.fits(request)) {
        fits = true;
        leasing.lease(next, choice, costMsMax);
      }
      if (!next.hasWork()) {
        earliest.remove();
      }
    }
    return fits;
  }

  /** The batch whose turn it is, or one near it whose files the computer has. */
  private Backlog next(LeaseRequest request) {
    Backlog first = turns.values().iterator().next();
    if (!request.blobs().isEmpty() && passed < PASSED_MAX) {
      int looks = 0;
      for (Backlog backlog : turns.values()) {
        if (looks++ == PREFERENCE_LOOKS) {
          break;
        }
        if (backlog.fits(request) && backlog.filesAreIn(request)) {
          passed = looks == 1 ? 0 : passed + 1;
          return backlog;
        }
      }
    }
    passed = 0;
    return first;
  }
}
