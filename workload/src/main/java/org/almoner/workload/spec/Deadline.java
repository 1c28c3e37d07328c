package org.almoner.workload.spec;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.almoner.workload.yaml.Spelling;

/**
 * The day until whose end, in UTC, an owner wants the results.
 *
 * @param endMs the first moment after it, milliseconds since 1970 UTC; 0 for no such day
 */
public record Deadline(long endMs) {
  /** The owner does not say. */
  public static final Deadline NONE = new Deadline(0);

  private static final String SHAPE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

  /**
   * Reads a date as {@code 2026-12-31}.
   *
   * @throws IllegalArgumentException in a sentence, when {@code text} is none from 1970 on
   */
  public static Deadline parse(String text) {
    try {
      if (text.matches(SHAPE)) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() >= 1970) {
          return new Deadline(
              day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli());
        }
      }
    } catch (DateTimeException e) {
      // said below, as for any other text
    }
    throw new IllegalArgumentException(
        Spelling.quoted(text) + " is no date: write year, month and day, such as 2026-12-31");
  }
}
