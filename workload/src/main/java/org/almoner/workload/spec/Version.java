package org.almoner.workload.spec;

import java.util.regex.Pattern;
import org.almoner.workload.yaml.Spelling;

/**
 * A release's version, as its project writes it.
 *
 * @param text 1 to 64 letters, digits and {@code . + _ -}, beginning with a letter or digit
 */
public record Version(String text) {
  private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");

  /**
   * @throws IllegalArgumentException in a sentence, when {@code text} is no version
   */
  public Version {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          Spelling.quoted(text)
              + " is not a version: use 1 to 64 letters, digits and . + _ - such as 1.4.0");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
