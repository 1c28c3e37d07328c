package org.almoner.tax.issue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.almoner.tax.receipt.Period;

/** When a period is over, and when it closes; days are UTC. */
final class Closing {
  /** A year closes so long after its last day; until then no statement covers it by default. */
  private static final Duration YEAR_CLOSES_AFTER = Duration.ofDays(31);

  private Closing() {}

  static boolean hasClosed(Period period, Instant now) {
    return !now.isBefore(instant(period));
  }

  static boolean isOver(Period period, LocalDate today) {
    return today.isAfter(period.to());
  }

  /** The day on which it closes. */
  static LocalDate closes(Period period) {
    return LocalDate.ofInstant(instant(period), ZoneOffset.UTC);
  }

  private static Instant instant(Period period) {
    return period.to().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(YEAR_CLOSES_AFTER);
  }
}
