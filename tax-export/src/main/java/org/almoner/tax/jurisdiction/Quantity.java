package org.almoner.tax.jurisdiction;

import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One figure of a document, as the lint sees it.
 *
 * <p>Any figure can be held, a wrong one too: refusing it is {@link Lint}'s.
 *
 * @param measure what was measured, in which unit
 * @param period the month it belongs to, {@code YYYY-MM}, or empty when none is shown
 * @param amount the figure
 * @param tier the method behind it, such as {@code M2}, or empty when none is shown
 */
public record Quantity(Measure measure, String period, long amount, String tier) {
  private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

  Optional<YearMonth> month() {
    return MONTH.matcher(period).matches()
        ? Optional.of(YearMonth.parse(period))
        : Optional.empty();
  }
}
