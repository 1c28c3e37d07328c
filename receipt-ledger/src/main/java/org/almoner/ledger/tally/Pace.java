package org.almoner.ledger.tally;

import org.almoner.ledger.entry.Rates;

/**
 * How many instructions in a millisecond of processor time even a slow computer is believed to
 * execute, as {@link Rates} states it of one release.
 *
 * @param floor of the release
 * @param starter of starter units, on the same computers
 */
public record Pace(long floor, long starter) {
  /** Refuses rates out of range. */
  public Pace {
    if (floor < 1 || starter < 1 || floor > Rates.RATE_MAX || starter > Rates.RATE_MAX) {
      throw new IllegalArgumentException(
          "a rate is 1 to " + Rates.RATE_MAX + ", got " + floor + " and " + starter);
    }
  }

  /**
   * The rate that is believed of a computer: half of what its own starter units show, and never
   * less than the floor; rounded down, so that rounding never takes from what was given.
   *
   * @param own rate of the computer's starter units, 0 when there are none
   */
  public long plausible(long own) {
    // Both are at most 10^8, so the product fits.
    return Math.max(floor, floor * Math.min(own, Rates.RATE_MAX) / starter / 2);
  }
}
