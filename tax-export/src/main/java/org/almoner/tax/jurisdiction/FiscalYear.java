package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.time.MonthDay;

/**
 * The year that documents cover, named by the calendar year in which it ends.
 *
 * @param start its first day; not 29 February
 */
public record FiscalYear(MonthDay start) {
  /** January to December. */
  public static final FiscalYear CALENDAR = new FiscalYear(MonthDay.of(1, 1));

  public FiscalYear {
    if (start.equals(MonthDay.of(2, 29))) {
      throw new IllegalArgumentException("a year cannot begin on a day that most years lack");
    }
  }

  /** First day of the year {@code year}. */
  public LocalDate from(int year) {
    return start.atYear(start.equals(CALENDAR.start) ? year : year - 1);
  }

  /** The year that {@code day} is in. */
  public int of(LocalDate day) {
    return to(day.getYear()).isBefore(day) ? day.getYear() + 1 : day.getYear();
  }

  /** Last day of the year {@code year}. */
  public LocalDate to(int year) {
    return from(year + 1).minusDays(1);
  }
}
