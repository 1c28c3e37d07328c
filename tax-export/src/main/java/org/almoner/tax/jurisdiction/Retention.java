package org.almoner.tax.jurisdiction;

import java.time.LocalDate;

/**
 * How long an issued document is kept, its donor's erasure notwithstanding.
 *
 * @param years 1 to {@value #YEARS_MAX}
 * @param from what they are counted from
 */
public record Retention(int years, From from) {
  /** Longest retention, in years. */
  public static final int YEARS_MAX = 30;

  /** What the years are counted from. */
  public enum From {
    /** The day of issue. */
    ISSUE,
    /** The end of the calendar year of issue. */
    END_OF_YEAR
  }

  public Retention {
    if (years < 1 || years > YEARS_MAX) {
      throw new IllegalArgumentException("is " + years + "; expected 1 to " + YEARS_MAX);
    }
  }

  /** The last day on which a document issued on {@code issued} is kept. */
  public LocalDate keptUntil(LocalDate issued) {
    LocalDate start = from == From.ISSUE ? issued : LocalDate.of(issued.getYear(), 12, 31);
    return start.plusYears(years);
  }
}
