package org.almoner.ledger.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;
import org.almoner.ledger.entry.CheckOdds;
import org.almoner.protocol.bytes.Hash;

/**
 * How many results of one agent were agreed in a row, for each release, as far as openings show it:
 * at most so many, and at least so many. Goes through the log from the beginning. For one thread.
 */
final class TrackRecord {
  private final Queue<Agreed> begun;
  private final Queue<Agreed> over;
  private final Queue<Outvoted> feared;
  private final Queue<Outvoted> proved;
  private final NavigableMap<Long, Long> doubts;
  private final long gap;

  private final Map<Hash, List<Agreed>> most = new HashMap<>();
  private final Map<Hash, List<Agreed>> least = new HashMap<>();

  /** What had happened before it is in no row. */
  private long wiped = -1;

  /** What may have happened up to here may be in no row. */
  private long doubtful = -1;

  private boolean unknown;
  private int caught;

  /**
   * A result that was agreed.
   *
   * @param certain whether it ever was
   */
  record Agreed(Hash release, Span when, boolean certain) {}

  /**
   * A result that was outvoted.
   *
   * @param certain whether it ever was
   */
  record Outvoted(Span when, boolean certain) {}

  /**
   * What an agent's lines say of it.
   *
   * @param gap leaf from which lines may be missing, {@link Span#OPEN} when none is
   */
  record History(List<Agreed> agreed, List<Outvoted> outvoted, long gap) {}

  /** The things that happened, in one order, as far as they were not taken yet. */
  private static final class Queue<T> {
    private final List<T> things;
    private int next;

    Queue(List<T> things, Comparator<T> order) {
      this.things = new ArrayList<>(things);
      this.things.sort(order);
    }

    /** Those that are {@code before} and were not taken yet. */
    List<T> take(Predicate<T> before) {
      int from = next;
      while (next < things.size() && before.test(things.get(next))) {
        next++;
      }
      return things.subList(from, next);
    }
  }

  /**
   * The record at the beginning of the log.
   *
   * @param doubts as in {@link Unopened#doubts}: they concern an agent of which lines are missing
   */
  TrackRecord(History history, NavigableMap<Long, Long> doubts) {
    List<Agreed> certain = history.agreed().stream().filter(Agreed::certain).toList();
    List<Outvoted> proofs = history.outvoted().stream().filter(Outvoted::certain).toList();
    begun = new Queue<>(history.agreed(), Comparator.comparingLong(each -> each.when().from()));
    over = new Queue<>(certain, Comparator.comparingLong(each -> each.when().to()));
    feared = new Queue<>(history.outvoted(), Comparator.comparingLong(o -> o.when().from()));
    proved = new Queue<>(proofs, Comparator.comparingLong(o -> o.when().to()));
    gap = history.gap();
    this.doubts = doubts;
  }

  /** Goes on to the line at {@code leaf}, which meets what was decided before. */
  void reach(long leaf) {
    unknown = gap <= leaf;
    long wipedBefore = wiped;
    for (Outvoted outvoted : proved.take(each -> each.when().to() < leaf)) {
      wiped = Math.max(wiped, outvoted.when().from());
      caught++;
    }
    begun.take(each -> each.when().from() < leaf).forEach(agreed -> add(most, agreed));
    if (wiped > wipedBefore) {
      most.values().forEach(row -> row.removeIf(agreed -> agreed.when().to() < wiped));
    }
    long doubtfulBefore = doubtful;
    for (Outvoted outvoted : feared.take(each -> each.when().from() < leaf)) {
      doubtful = Math.max(doubtful, outvoted.when().to());
    }
    if (gap != Span.OPEN) {
      Map.Entry<Long, Long> doubt = doubts.lowerEntry(leaf);
      doubtful = Math.max(doubtful, doubt == null ? -1 : doubt.getValue());
    }
    over.take(each -> each.when().to() < leaf).stream()
        .filter(agreed -> agreed.when().from() > doubtful)
        .forEach(agreed -> add(least, agreed));
    if (doubtful > doubtfulBefore) {
      least.values().forEach(row -> row.removeIf(agreed -> agreed.when().from() <= doubtful));
    }
  }

  private static void add(Map<Hash, List<Agreed>> rows, Agreed agreed) {
    rows.computeIfAbsent(agreed.release(), release -> new ArrayList<>()).add(agreed);
  }

  /** One line in so many of the release is checked, if openings tell. */
  int oneIn(Hash release) {
    return unknown ? CheckOdds.ONE_IN_MOST : CheckOdds.oneIn(length(release));
  }

  /** Whether the odds are known. */
  boolean isExact(Hash release) {
    int fewest = CheckOdds.oneIn(fewest(release));
    return fewest == CheckOdds.ONE_IN_MOST || (!unknown && fewest == oneIn(release));
  }

  /** Whether the agent may have run units of the release alone, for all that is known. */
  boolean mayBeTrusted(Hash release) {
    return unknown || length(release) >= needed();
  }

  /** How long a row of agreed results must be, at the least. */
  int needed() {
    return CheckOdds.rowNeeded(caught);
  }

  /** The longest row that openings allow. */
  int length(Hash release) {
    return most.getOrDefault(release, List.of()).size();
  }

  private int fewest(Hash release) {
    return least.getOrDefault(release, List.of()).size();
  }
}
