package org.almoner.tax.receipt;

import java.time.LocalDate;
import java.time.YearMonth;
import org.almoner.tax.jurisdiction.Notation;

/**
 * The days a statement covers, UTC, both ends included.
 *
 * @param from first day
 * @param to last day, not before the first
 */
public record Period(LocalDate from, LocalDate to) {
  public Period {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a period ends " + to + " before it begins " + from);
    }
  }

  /** The calendar year {@code year}. */
  public static Period year(int year) {
    return new Period(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  /** Whether any day of {@code month} belongs to it. */
  public boolean touches(YearMonth month) {
    return !month.atEndOfMonth().isBefore(from) && !month.atDay(1).isAfter(to);
  }

  /** Whether it lies within one calendar year, so that a month needs no year beside it. */
  boolean withinOneYear() {
    return from.getYear() == to.getYear();
  }

  /** The period in words: a year, a month, or two days joined by {@code to}. */
  String words(String joinedBy, Notation notation) {
    YearMonth first = YearMonth.from(from);
    YearMonth last = YearMonth.from(to);
    boolean whole = from.getDayOfMonth() == 1 && to.equals(last.atEndOfMonth());
    if (whole && withinOneYear() && first.getMonthValue() == 1 && last.getMonthValue() == 12) {
      return Integer.toString(from.getYear());
    }
    if (whole && first.equals(last)) {
      return notation.of(first);
    }
    return notation.of(from) + " " + joinedBy + " " + notation.of(to);
  }
}
