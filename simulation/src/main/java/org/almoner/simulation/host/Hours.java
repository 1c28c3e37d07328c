package org.almoner.simulation.host;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a computer is on. */
public enum Hours {
  /** Always, but for a restart every few weeks. */
  ALWAYS,
  /** From the evening to the morning. */
  NIGHTS,
  /** Some hours on most evenings. */
  EVENINGS,
  /** From Friday evening to Monday morning. */
  WEEKENDS;

  private static final int EVENING = 18;
  private static final int FRIDAY_TO_MONDAY_HOURS = 62;

  /** As it is written in a scenario. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one written so. */
  public static Optional<Hours> of(String word) {
    return Arrays.stream(values()).filter(hours -> hours.word().equals(word)).findFirst();
  }

  /** When it is switched on next. */
  Instant next(Instant now, RandomGenerator draws) {
    Duration jitter = Duration.ofMinutes(draws.nextInt(120));
    if (this == ALWAYS) {
      return now.plus(jitter);
    }
    ZonedDateTime evening =
        now.atZone(ZoneOffset.UTC).toLocalDate().atTime(EVENING, 0).atZone(ZoneOffset.UTC);
    while (!evening.toInstant().isAfter(now)
        || (this == WEEKENDS && evening.getDayOfWeek() != DayOfWeek.FRIDAY)) {
      evening = evening.plusDays(1);
    }
    return evening.toInstant().plus(jitter);
  }

  /** How long it stays on. */
  Duration length(RandomGenerator draws) {
    return switch (this) {
      case ALWAYS -> Duration.ofDays(draws.nextInt(5, 40));
      case NIGHTS -> Duration.ofMinutes(draws.nextInt(11 * 60, 14 * 60));
      case EVENINGS -> Duration.ofMinutes(draws.nextInt(3 * 60, 6 * 60));
      case WEEKENDS -> Duration.ofHours(FRIDAY_TO_MONDAY_HOURS - draws.nextInt(12));
    };
  }
}
