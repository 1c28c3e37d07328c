package org.almoner.tax.jurisdiction;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence of a profile with its placeholders, such as {@code [charity] thanks [donor]}.
 *
 * <p>Filling is one pass: a value that itself contains brackets is printed as it is.
 *
 * @param source the text as the profile has it
 */
public record Template(String source) {
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)\\]");

  /**
   * @throws IllegalArgumentException naming the placeholder that is not known
   */
  public Template {
    Matcher matcher = BRACKETS.matcher(source);
    while (matcher.find()) {
      if (Placeholder.find(matcher.group(1)).isEmpty()) {
        throw new IllegalArgumentException(matcher.group() + " is no known placeholder");
      }
    }
    if (source.isBlank()) {
      throw new IllegalArgumentException("is empty; expected a text");
    }
  }

  /** The placeholders that occur. */
  public Set<Placeholder> placeholders() {
    Set<Placeholder> found = EnumSet.noneOf(Placeholder.class);
    Matcher matcher = BRACKETS.matcher(source);
    while (matcher.find()) {
      found.add(Placeholder.find(matcher.group(1)).orElseThrow());
    }
    return found;
  }

  /**
   * The text with every placeholder replaced.
   *
   * @throws IllegalArgumentException when {@code values} lacks one of them
   */
  public String fill(Map<Placeholder, String> values) {
    return BRACKETS
        .matcher(source)
        .replaceAll(
            match -> {
              Placeholder placeholder = Placeholder.find(match.group(1)).orElseThrow();
              String value = values.get(placeholder);
              if (value == null) {
                throw new IllegalArgumentException("no value for [" + placeholder.key() + "]");
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
