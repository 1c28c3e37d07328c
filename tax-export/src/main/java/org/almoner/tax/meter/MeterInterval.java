package org.almoner.tax.meter;

/**
 * A stretch of time and the energy that went through the meter in it.
 *
 * @param fromMs its beginning, milliseconds since 1970 UTC
 * @param toMs its end, after the beginning and at most {@link #MS_MAX} later
 * @param millijoules 0 or more, at most {@link #WATTS_MAX} on average
 */
public record MeterInterval(long fromMs, long toMs, long millijoules) {
  /** Longest interval, in milliseconds: a day, and the hour it is longer in autumn. */
  public static final long MS_MAX = 25L * 3_600_000;

  /** Highest mean power, in watts; a household plug carries 16 A at 230 V, which is less. */
  public static final int WATTS_MAX = 4_000;

  /** Millijoules in a watt-hour. */
  public static final long MILLIJOULES_PER_WH = 3_600_000;

  public MeterInterval {
    long ms = toMs - fromMs;
    if (ms <= 0 || ms > MS_MAX) {
      throw new IllegalArgumentException(
          "an interval lasts more than nothing and at most 25 hours; this lasts " + ms + " ms");
    }
    if (millijoules < 0) {
      throw new IllegalArgumentException("energy is never negative");
    }
    // A watt for a millisecond is a millijoule.
    if (millijoules > WATTS_MAX * ms) {
      throw new IllegalArgumentException(
          millijoules / ms
              + " W is more than a plug carries ("
              + WATTS_MAX
              + " W); is it the right column and unit?");
    }
  }

  /** Milliseconds it lasts. */
  public long ms() {
    return toMs - fromMs;
  }
}
