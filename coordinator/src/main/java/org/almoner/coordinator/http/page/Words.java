package org.almoner.coordinator.http.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures and times as people read them. */
final class Words {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private Words() {}

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 unit}, {@code 2 units}. */
  static String count(long value, String one, String many) {
    return number(value) + " " + (value == 1 ? one : many);
  }

  /** Milliseconds in the unit that keeps the figure readable. */
  static String time(long ms) {
    if (ms < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }
    if (ms < 3_600_000) {
      return String.format(Locale.ROOT, "%.1f min", ms / 6e4);
    }
    return String.format(Locale.ROOT, ms < 360_000_000 ? "%.1f h" : "%,.0f h", ms / 3.6e6);
  }

  /** How long ago, coarse enough to change at most once a minute. */
  static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.toMinutes() < 1) {
      return "within the last minute";
    }
    if (age.toHours() < 1) {
      return count(age.toMinutes(), "minute ago", "minutes ago");
    }
    if (age.toDays() < 2) {
      return count(age.toHours(), "hour ago", "hours ago");
    }
    return count(age.toDays(), "day ago", "days ago");
  }

  static String day(LocalDate date) {
    return DAY.format(date);
  }
}
