package org.almoner.tax.worksheet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.almoner.protocol.usage.Energy;

/**
 * Sums by UTC day of a period: hours in which computers ran, and energy above idle by tier.
 *
 * <p>What lies before the period counts on its first day and what lies after it on its last: a unit
 * belongs to the period in which it ended, whole. Energy that a meter read is not entered here from
 * before the period ({@link MeteredComputer}).
 */
final class DayBook {
  private static final long MILLI = 1_000;

  /** The sums of one day. */
  static final class Day {
    private long computerMs;
    private final Map<Energy.Tier, Long> millijoules = new EnumMap<>(Energy.Tier.class);

    /** Time in which computers ran units, each computer once however many ran at a time. */
    long computerMs() {
      return computerMs;
    }

    /** Energy above idle by the tier of its reading. */
    Map<Energy.Tier, Long> millijoules() {
      return Collections.unmodifiableMap(millijoules);
    }
  }

  private final LocalDate from;
  private final LocalDate to;
  private final NavigableMap<LocalDate, Day> days = new TreeMap<>();

  DayBook(LocalDate from, LocalDate to) {
    this.from = from;
    this.to = to;
  }

  /** Days with anything, in order. */
  NavigableMap<LocalDate, Day> days() {
    return Collections.unmodifiableNavigableMap(days);
  }

  void ran(LocalDate day, long ms) {
    Day sums = on(day);
    sums.computerMs = Math.addExact(sums.computerMs, ms);
  }

  void took(LocalDate day, Energy.Tier tier, long millijoules) {
    on(day).millijoules.merge(tier, millijoules, Math::addExact);
  }

  private Day on(LocalDate day) {
    LocalDate within = day.isBefore(from) ? from : day.isAfter(to) ? to : day;
    return days.computeIfAbsent(within, each -> new Day());
  }

  static long millijoules(long joules) {
    return Math.multiplyExact(joules, MILLI);
  }

  static LocalDate dayOf(long ms) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(ms), ZoneOffset.UTC);
  }

  /** The beginning of a UTC day, milliseconds since 1970. */
  static long startOf(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** The end of the UTC day in which {@code ms} lies. */
  static long midnightAfter(long ms) {
    return startOf(dayOf(ms).plusDays(1));
  }
}
