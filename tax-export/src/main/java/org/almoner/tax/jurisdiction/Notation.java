package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/**
 * How a language writes numbers and dates. It is data of ours, so that two computers write alike.
 *
 * @param decimal between whole and fraction
 * @param group between thousands
 * @param months names of the twelve months, January first
 * @param day a day, with {@code [day]}, {@code [month]} and {@code [year]}
 * @param firstDay the same for the first of a month
 * @param month a month, with {@code [month]} and {@code [year]}
 */
public record Notation(
    String decimal, String group, List<String> months, String day, String firstDay, String month) {
  /** Months of a year. */
  static final int MONTHS = 12;

  private static final String DAY = "[day]";
  private static final String MONTH = "[month]";
  private static final String YEAR = "[year]";

  public Notation {
    months = List.copyOf(months);
    if (months.size() != MONTHS) {
      throw new IllegalArgumentException("a year has 12 months; here are " + months.size());
    }
  }

  /** A day in words, such as {@code 1 January 2026}. */
  public String of(LocalDate date) {
    return (date.getDayOfMonth() == 1 ? firstDay : day)
        .replace(DAY, Integer.toString(date.getDayOfMonth()))
        .replace(MONTH, name(date.getMonthValue()))
        .replace(YEAR, Integer.toString(date.getYear()));
  }

  /** A month in words, such as {@code March 2026}. */
  public String of(YearMonth of) {
    return month
        .replace(MONTH, name(of.getMonthValue()))
        .replace(YEAR, Integer.toString(of.getYear()));
  }

  /** A month's name; {@code number} from 1 on. */
  public String name(int number) {
    return months.get(number - 1);
  }

  /**
   * A number as this language writes it.
   *
   * @param plain ASCII digits with at most one point
   */
  public String number(String plain) {
    int point = plain.indexOf('.');
    StringBuilder out = new StringBuilder(point < 0 ? plain : plain.substring(0, point));
    for (int i = out.length() - 3; i > 0; i -= 3) {
      out.insert(i, group);
    }
    return point < 0 ? out.toString() : out + decimal + plain.substring(point + 1);
  }
}
