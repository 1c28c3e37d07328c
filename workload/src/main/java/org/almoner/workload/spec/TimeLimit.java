package org.almoner.workload.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.workload.yaml.Spelling;

/**
 * The longest one unit may run, by the volunteer's clock.
 *
 * @param seconds 1 to 86,400
 */
public record TimeLimit(long seconds) {
  /** A day: what lasts longer loses too much when a computer is switched off. */
  public static final long SECONDS_MAX = 24 * 60 * 60;

  private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,5})([smh])");
  private static final Pattern MEANT =
      Pattern.compile("([1-9][0-9]{0,5})\\s*([smh])[a-z]*", Pattern.CASE_INSENSITIVE);

  /**
   * @throws IllegalArgumentException when {@code seconds} is not between 1 and 86,400
   */
  public TimeLimit {
    if (seconds < 1 || seconds > SECONDS_MAX) {
      throw new IllegalArgumentException(
          written(seconds) + " is not between 1s and 24h: cut the work into smaller units");
    }
  }

  /**
   * Reads a whole number with s, m or h.
   *
   * @throws IllegalArgumentException in a sentence that offers the likely meaning
   */
  public static TimeLimit parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          Spelling.quoted(text)
              + " is not a time: "
              + meant(text)
                  .map(likely -> "did you mean " + likely + "?")
                  .orElse("write a whole number with s, m or h, such as 10m"));
    }
    long unit =
        switch (matcher.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          default -> 60 * 60;
        };
    return new TimeLimit(Long.parseLong(matcher.group(1)) * unit);
  }

  /** The form {@link #parse} reads, in the largest unit that divides it. */
  @Override
  public String toString() {
    return written(seconds);
  }

  private static String written(long seconds) {
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static Optional<String> meant(String text) {
    Matcher matcher = MEANT.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(matcher.group(1) + matcher.group(2).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
