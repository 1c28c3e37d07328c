package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * Deals processor time out to owners by deficit round robin: in turn each may lease units of its
 * batches until their estimates have used up what it is dealt, a quantum times its weight. What the
 * last unit takes beyond that is owed to the next turn. Who has nothing to lease is dealt nothing,
 * and begins anew when there is something again.
 *
 * <p>Only owners who have work for the computer that asks take part in a deal: nobody waits for a
 * computer that is large enough for somebody else.
 */
final class Shares {
  /** Processor time dealt at once to a weight of one: ten minutes. */
  static final long QUANTUM_MS = 600_000;

  private final Map<String, Integer> weights;

  /** Owners with something to lease, the one whose turn it is first. */
  private final Map<String, Share> ring = new LinkedHashMap<>();

  /** Owners without a weight here have a weight of one. */
  Shares(Map<String, Integer> weights) {
    this.weights = Map.copyOf(weights);
  }

  /** Leases units of one batch into a choice until it is full or its cost reaches a bound. */
  @FunctionalInterface
  interface Leasing {
    void lease(Backlog backlog, Choice choice, long costMsMax);
  }

  /** Whether nobody has anything to lease. */
  boolean isEmpty() {
    return ring.isEmpty();
  }

  /** The batch has something to lease. */
  void enter(Backlog backlog) {
    String owner = backlog.batch().owner();
    ring.computeIfAbsent(owner, name -> new Share(weights.getOrDefault(name, 1))).enter(backlog);
  }

  /** The batch has nothing to lease. */
  void leave(Backlog backlog) {
    String owner = backlog.batch().owner();
    Share share = ring.get(owner);
    if (share != null) {
      share.leave(backlog);
      forgetIfEmpty(owner, share);
    }
  }

  private void forgetIfEmpty(String owner, Share share) {
    if (share.isEmpty()) {
      ring.remove(owner);
    }
  }

  /** Fills the choice; returns whether any batch that was looked at fits the computer. */
  boolean deal(Choice choice, LeaseRequest request, long nowMs, Leasing leasing) {
    boolean fits = false;
    List<String> able = new ArrayList<>(ring.keySet());
    while (!choice.full() && !able.isEmpty()) {
      List<String> next = new ArrayList<>();
      for (String owner : able) {
        Share share = ring.get(owner);
        if (share == null || choice.full()) {
          continue;
        }
        if (share.deficitMs() > 0) {
          long before = choice.costMs();
          fits |= share.serve(choice, request, nowMs, leasing);
          share.spend(choice.costMs() - before);
          forgetIfEmpty(owner, share);
        }
        if (share.deficitMs() <= 0 && !share.isEmpty()) {
          ring.remove(owner);
          ring.put(owner, share);
          next.add(owner);
        }
      }
      able = next;
      if (!choice.full()) {
        replenish(able);
      }
    }
    return fits;
  }

  /** Deals the same number of quanta to all, as few as give somebody something. */
  private void replenish(List<String> owners) {
    long rounds = Long.MAX_VALUE;
    for (String owner : owners) {
      Share share = share(owner);
      rounds = Math.min(rounds, -share.deficitMs() / (QUANTUM_MS * share.weight()) + 1);
    }
    for (String owner : owners) {
      share(owner).deal(rounds * QUANTUM_MS);
    }
  }

  private Share share(String owner) {
    Share share = ring.get(owner);
    if (share == null) {
      throw new IllegalStateException("owner " + owner + " has nothing to lease");
    }
    return share;
  }
}
