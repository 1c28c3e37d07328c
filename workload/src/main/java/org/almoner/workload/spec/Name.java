package org.almoner.workload.spec;

import java.util.regex.Pattern;
import org.almoner.workload.yaml.Spelling;

/**
 * The name of a workload or a release.
 *
 * @param text 3 to 63 of a-z, 0-9 and hyphens, with no hyphen at either end
 */
public record Name(String text) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  /**
   * @throws IllegalArgumentException in a sentence, when {@code text} is no name
   */
  public Name {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          Spelling.quoted(text)
              + " is not a name: use 3 to 63 of a-z, 0-9 and hyphens, with no hyphen at either end");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
