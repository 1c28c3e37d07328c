package org.almoner.ledger.audit;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.almoner.ledger.check.LeafSet;
import org.almoner.ledger.entry.Outcome;

/**
 * The usage lines that nobody opened, as far as the log alone tells what they may have been. For
 * one thread.
 */
final class Unopened {
  private final LeafSet answers = new LeafSet();
  private final LeafSet pending = new LeafSet();

  /** Lines that may have been outvoted, and the entry by which that had happened if ever. */
  private final NavigableMap<Long, Long> doubts = new TreeMap<>();

  /** A usage line is at that leaf. */
  void add(long leaf) {
    answers.add(leaf);
    pending.add(leaf);
  }

  /** The entry {@code index} settled it. The first that does holds. */
  void settle(long index, long leaf, Outcome outcome) {
    if (outcome == Outcome.NONE || !pending.remove(leaf)) {
      return;
    }
    switch (outcome) {
      case OUTPUT_DISAGREED, COUNT_DISAGREED -> {
        answers.remove(leaf);
        doubts.put(leaf, index);
      }
      case FAILED, NO_QUORUM, IMPLAUSIBLE, STARTER -> answers.remove(leaf);
      case ACCEPTED_RULED -> doubts.put(leaf, index);
      case DISTRUSTED -> doubts.put(leaf, Span.OPEN);
      default -> {}
    }
  }

  /** The entry {@code index} made it void, since others had come to something else. */
  void disproved(long index, long leaf) {
    if (answers.contains(leaf)) {
      doubts.putIfAbsent(leaf, index);
    }
  }

  /**
   * Whether one of them that is not before {@code from}, and before {@code to}, may have agreed.
   */
  boolean mayAgree(long from, long to) {
    return answers.next(from).stream().anyMatch(leaf -> leaf < to);
  }

  /** By each leaf that is in doubt, the entry by which all doubts up to it are over. */
  NavigableMap<Long, Long> doubts() {
    NavigableMap<Long, Long> all = new TreeMap<>(doubts);
    pending.next(0).ifPresent(leaf -> all.put(leaf, Span.OPEN));
    long latest = -1;
    for (Map.Entry<Long, Long> each : all.entrySet()) {
      latest = Math.max(latest, each.getValue());
      each.setValue(latest);
    }
    return all;
  }
}
