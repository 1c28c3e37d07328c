package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a kilowatt-hour more cost the donor from one day to another.
 *
 * @param from first day
 * @param to last day
 * @param price energy charge with what else is paid by the kilowatt-hour, as the bill has it
 * @param name by which the donor finds the bill again, 1 to {@link #NAME_MAX} characters
 * @param table whether the price comes from a table and not from a bill
 */
public record Bill(LocalDate from, LocalDate to, BigDecimal price, String name, boolean table) {
  /** Longest name, in characters. */
  public static final int NAME_MAX = 40;

  /** Whether it covers {@code day}. */
  boolean covers(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }
}
