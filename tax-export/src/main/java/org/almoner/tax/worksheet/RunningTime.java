package org.almoner.tax.worksheet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * When one computer ran units: stretches of time in order, each with the part of it in which units
 * could run.
 *
 * <p>A unit is held still while its owner needs the computer; its report says for how long, not
 * when. So a unit that could run for half of its time counts half of every moment of it, and where
 * several ran at a time the one that could run longest counts.
 */
final class RunningTime {
  /** Parts of a whole. */
  static final long WHOLE = 1_000_000;

  /**
   * @param part of {@link #WHOLE}
   */
  record Stretch(long fromMs, long toMs, long part) {
    /** Milliseconds of running in it. */
    long ranMs() {
      return (toMs - fromMs) * part / WHOLE;
    }
  }

  private record Turn(long at, boolean begins, long part) {}

  private RunningTime() {}

  /** The stretches of one computer's units. */
  static List<Stretch> of(Collection<Ran> units) {
    List<Turn> turns = new ArrayList<>();
    for (Ran unit : units) {
      if (unit.spanMs() > 0) {
        // Both are at most some years in milliseconds, so that their product fits.
        long part = Math.min(WHOLE, unit.wallMs() * WHOLE / unit.spanMs());
        turns.add(new Turn(unit.startMs(), true, part));
        turns.add(new Turn(unit.endMs(), false, part));
      }
    }
    turns.sort(Comparator.comparingLong(Turn::at));
    List<Stretch> stretches = new ArrayList<>();
    TreeMap<Long, Integer> running = new TreeMap<>();
    long since = 0;
    for (Turn turn : turns) {
      if (!running.isEmpty() && turn.at() > since) {
        stretches.add(new Stretch(since, turn.at(), running.lastKey()));
      }
      since = turn.at();
      running.merge(turn.part(), turn.begins() ? 1 : -1, Integer::sum);
      running.values().removeIf(count -> count == 0);
    }
    return stretches;
  }
}
