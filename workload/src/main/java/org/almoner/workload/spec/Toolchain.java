package org.almoner.workload.spec;

/**
 * What built a module from its source, so that others can build it again.
 *
 * @param text one line of 1 to 200 characters, such as {@code clang 14.0.6, wasi-libc
 *     0.0~git20221206}
 */
public record Toolchain(String text) {
  /** Longest description. */
  public static final int CHARACTERS_MAX = 200;

  /** What stands in a release whose owner does not say. */
  public static final Toolchain UNSTATED = new Toolchain("not stated");

  /**
   * @throws IllegalArgumentException in a sentence, when {@code text} is no such line
   */
  public Toolchain {
    if (text.isEmpty()
        || text.length() > CHARACTERS_MAX
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "name the compiler and libraries in one line of 1 to "
              + CHARACTERS_MAX
              + " characters, such as clang 14.0.6");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
