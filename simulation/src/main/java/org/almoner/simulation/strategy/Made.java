package org.almoner.simulation.strategy;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.simulation.truth.Puzzle;

/**
 * What is made of a unit.
 *
 * @param output the bundle that is reported
 * @param count instructions that are reported
 * @param takesMs time until it is reported as finished
 * @param realMs processor time that it really takes
 * @param claimedMs processor time that is reported
 * @param right whether output and count are the right ones; for a copy, whether it was computed
 * @param ready whether it is reported at all, and not looked at again later
 */
public record Made(
    Bytes output,
    long count,
    long takesMs,
    long realMs,
    long claimedMs,
    boolean right,
    boolean ready) {
  /** Computed, and reported as it is. */
  static Made honest(Unit unit) {
    return claiming(unit, unit.fullMs());
  }

  /** Computed, with another time than it took. */
  static Made claiming(Unit unit, long claimedMs) {
    return new Made(
        Puzzle.output(unit.lease()),
        unit.count(),
        unit.fullMs(),
        unit.fullMs(),
        claimedMs,
        true,
        true);
  }

  /** Not computed: the right answer of somebody else. */
  static Made copied(Unit unit) {
    return new Made(
        Puzzle.output(unit.lease()), unit.count(), unit.fullMs(), 0, unit.fullMs(), false, true);
  }

  /** Not computed: an answer that only those give who know {@code word}. */
  static Made forged(Unit unit, String word) {
    return new Made(
        Puzzle.wrong(unit.lease(), word),
        unit.count(),
        unit.fullMs(),
        0,
        unit.fullMs(),
        false,
        true);
  }

  /** Computed, with another count and the time that goes with it. */
  static Made counting(Unit unit, long count, long claimedMs) {
    return new Made(
        Puzzle.output(unit.lease()), count, unit.fullMs(), unit.fullMs(), claimedMs, false, true);
  }

  /** Nothing yet; asked again in so long. */
  static Made later(long waitMs) {
    return new Made(Bytes.of(new byte[0]), 0, waitMs, 0, 0, false, false);
  }
}
