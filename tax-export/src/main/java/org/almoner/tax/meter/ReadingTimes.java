package org.almoner.tax.meter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The times of one export, read one after the other.
 *
 * <p>A time with {@code Z} or an offset, or seconds or milliseconds since 1970, means one moment. A
 * local time needs a zone; in the hour that autumn has twice, it is the first of the two unless
 * that would not be later than the time before it.
 */
final class ReadingTimes {
  /** The year 2001 in seconds; a smaller number is no time of a reading. */
  private static final long SECONDS_MIN = 978_307_200L;

  /** The year 2100 in seconds; a larger number is milliseconds. */
  private static final long SECONDS_MAX = 4_102_444_800L;

  private static final List<DateTimeFormatter> LOCAL =
      List.of(local("uuuu-MM-dd['T'][' ']HH:mm[:ss]"), local("dd.MM.uuuu[','][' ']HH:mm[:ss]"));

  private final List<ZoneId> zone;
  private Instant before = Instant.MIN;

  /**
   * @param zone none or one: the zone of times that name none
   */
  ReadingTimes(List<ZoneId> zone) {
    this.zone = zone;
  }

  /**
   * The moment that {@code text} means.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  Instant read(String text) {
    Instant moment = moment(text);
    if (moment.isAfter(before)) {
      before = moment;
    }
    return moment;
  }

  private Instant moment(String text) {
    if (text.matches("[0-9]{9,14}(\\.[0-9]{1,9})?")) {
      return sinceEpoch(new BigDecimal(text));
    }
    if (text.matches(".*[0-9](Z|UTC| ?[+-][0-9]{2}:?[0-9]{2})")) {
      return withOffset(text);
    }
    LocalDateTime local = localTime(text);
    if (zone.isEmpty()) {
      throw new IllegalArgumentException(
          "the time \""
              + text
              + "\" does not say where; add --zone, such as --zone Europe/Berlin or --zone UTC");
    }
    List<ZoneOffset> offsets = zone.get(0).getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new IllegalArgumentException(
          "there was no "
              + text
              + " in "
              + zone.get(0)
              + ": clocks were put forward over it; is the zone right?");
    }
    Instant first = local.toInstant(offsets.get(0));
    boolean second = offsets.size() > 1 && !first.isAfter(before);
    return second ? local.toInstant(offsets.get(1)) : first;
  }

  private static Instant sinceEpoch(BigDecimal number) {
    boolean seconds = number.compareTo(BigDecimal.valueOf(SECONDS_MAX)) < 0;
    if (number.compareTo(BigDecimal.valueOf(SECONDS_MIN)) < 0) {
      throw new IllegalArgumentException("the number " + number + " is no time after 2000");
    }
    return Instant.ofEpochMilli(
        (seconds ? number.movePointRight(3) : number).toBigInteger().longValue());
  }

  private static Instant withOffset(String text) {
    String iso =
        text.replaceFirst("^(\\S+) ", "$1T")
            .replaceFirst(" ?UTC$", "Z")
            .replaceFirst(" ?([+-][0-9]{2}):?([0-9]{2})$", "$1:$2");
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      throw unknown(text);
    }
  }

  private static LocalDateTime localTime(String text) {
    return LOCAL.stream()
        .flatMap(form -> tried(form, text).stream())
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static Optional<LocalDateTime> tried(DateTimeFormatter form, String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, form));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "expected a time such as 2026-03-01T14:05:00Z, 2026-03-01 14:05, 01.03.2026 14:05 or"
            + " seconds since 1970, got \""
            + text
            + "\"");
  }

  private static DateTimeFormatter local(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(pattern)
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
        .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
        .toFormatter(Locale.ROOT)
        .withResolverStyle(java.time.format.ResolverStyle.STRICT);
  }
}
