package org.almoner.tax.worksheet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.meter.MeterInterval;

/**
 * One computer's units against the readings of its meter.
 *
 * <p>Of each interval that the meter read, what lies above the idle level counts for the part of
 * the interval in which units ran. Where the meter read nothing, the units' own reports stand in
 * for that part of their time. So nothing counts twice.
 *
 * <p>What a metered computer took before the period belongs to the sheet of the period before, also
 * when the unit ended in this one: there the same interval may count for another unit.
 */
final class MeteredComputer {
  private static final int READINGS_MIN = 3;

  private final List<MeterInterval> intervals;
  private final List<Ran> units;
  private final List<RunningTime.Stretch> stretches;
  private final long sinceMs;

  /**
   * @param intervals in order, none overlapping another
   * @param units those that ended in the period
   * @param sinceMs beginning of the period, milliseconds since 1970 UTC
   */
  MeteredComputer(List<MeterInterval> intervals, List<Ran> units, long sinceMs) {
    this.sinceMs = sinceMs;
    this.intervals = intervals;
    this.units = units;
    this.stretches = RunningTime.of(units);
  }

  /**
   * Enters the energy above idle.
   *
   * @param idleMilliwatts what the computer takes when it is on and idle
   */
  void enter(long idleMilliwatts, DayBook book) {
    int next = 0;
    for (MeterInterval interval : intervals) {
      while (next < stretches.size() && stretches.get(next).toMs() <= interval.fromMs()) {
        next++;
      }
      long above = interval.millijoules() - milli(idleMilliwatts, interval.ms());
      for (int i = next; i < stretches.size() && starts(i) < interval.toMs(); i++) {
        metered(interval, stretches.get(i), Math.max(0, above), book);
      }
    }
    for (Ran unit : units) {
      long blind = blindMs(unit);
      for (Energy energy : unit.energy()) {
        long all = DayBook.millijoules(energy.joules());
        long rest = unit.spanMs() == 0 ? all : share(all, blind, unit.spanMs());
        if (rest > 0) {
          book.took(unit.day(), energy.tier(), rest);
        }
      }
    }
  }

  /** Milliseconds of a unit for which its own report stands. */
  private long blindMs(Ran unit) {
    if (intervals.isEmpty()) {
      return unit.spanMs();
    }
    long from = Math.min(unit.endMs(), Math.max(unit.startMs(), sinceMs));
    return unit.endMs() - from - read(from, unit.endMs());
  }

  private long starts(int stretch) {
    return stretches.get(stretch).fromMs();
  }

  private void metered(
      MeterInterval interval, RunningTime.Stretch stretch, long above, DayBook book) {
    long from = Math.max(sinceMs, Math.max(interval.fromMs(), stretch.fromMs()));
    long to = Math.min(interval.toMs(), stretch.toMs());
    while (from < to) {
      long until = Math.min(to, DayBook.midnightAfter(from));
      long whole = Math.multiplyExact(interval.ms(), RunningTime.WHOLE);
      long part = Math.multiplyExact(until - from, stretch.part());
      book.took(DayBook.dayOf(from), Energy.Tier.M1, share(above, part, whole));
      from = until;
    }
  }

  /**
   * The middle of the mean powers of the intervals in which no unit ran, in milliwatts: a help for
   * who does not know the idle level. Empty when there are too few.
   */
  OptionalLong quietMilliwatts() {
    List<Long> powers = new ArrayList<>();
    int next = 0;
    for (MeterInterval interval : intervals) {
      while (next < stretches.size() && stretches.get(next).toMs() <= interval.fromMs()) {
        next++;
      }
      if (next == stretches.size() || starts(next) >= interval.toMs()) {
        powers.add(interval.millijoules() * 1_000 / interval.ms());
      }
    }
    powers.sort(null);
    return powers.size() < READINGS_MIN
        ? OptionalLong.empty()
        : OptionalLong.of(powers.get(powers.size() / 2));
  }

  /** Units without a figure of their own that the meter did not see whole. */
  long unread() {
    return units.stream()
        .filter(unit -> unit.energy().isEmpty())
        .filter(unit -> unit.spanMs() == 0 || read(unit.startMs(), unit.endMs()) < unit.spanMs())
        .count();
  }

  /** Milliseconds of the period in which units ran while the meter read. */
  long meteredMs() {
    long sum = 0;
    for (RunningTime.Stretch stretch : stretches) {
      long from = Math.max(sinceMs, stretch.fromMs());
      if (from < stretch.toMs()) {
        sum += read(from, stretch.toMs()) * stretch.part() / RunningTime.WHOLE;
      }
    }
    return sum;
  }

  /** Milliseconds between two moments that intervals cover. */
  private long read(long fromMs, long toMs) {
    int low = 0;
    int high = intervals.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (intervals.get(middle).toMs() <= fromMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    long sum = 0;
    for (int i = low; i < intervals.size() && intervals.get(i).fromMs() < toMs; i++) {
      MeterInterval interval = intervals.get(i);
      sum += Math.min(toMs, interval.toMs()) - Math.max(fromMs, interval.fromMs());
    }
    return sum;
  }

  /** Millijoules of some milliwatts in some milliseconds, rounded up: idle is never too little. */
  private static long milli(long milliwatts, long ms) {
    return Math.addExact(Math.multiplyExact(milliwatts, ms), 999) / 1_000;
  }

  /** The part of {@code amount}, rounded down. */
  private static long share(long amount, long part, long whole) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(part))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }
}
