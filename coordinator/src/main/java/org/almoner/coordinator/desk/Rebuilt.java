package org.almoner.coordinator.desk;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * What came of building a release again from its source.
 *
 * @param found what the new module was
 * @param byAuditor whether an appointed auditor built it; else the operator did
 * @param toolchain with what, in one line of at most {@link #TOOLCHAIN_MAX} characters
 * @param day when
 */
public record Rebuilt(Found found, boolean byAuditor, String toolchain, LocalDate day) {
  /** Longest toolchain, in characters. */
  public static final int TOOLCHAIN_MAX = 500;

  /** What a new module was. */
  public enum Found {
    /** The same, octet for octet. */
    REPRODUCIBLE("reproducible"),
    /** Another one, from the recorded toolchain. */
    DIFFERENT("different"),
    /** It was not built, or another one came of another toolchain, which tells nothing. */
    UNKNOWN("unknown");

    private final String word;

    Found(String word) {
      this.word = word;
    }

    /** As it is written. */
    public String word() {
      return word;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static Found of(String word) {
      return Arrays.stream(values())
          .filter(found -> found.word.equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "expected reproducible, different or unknown, got " + word));
    }
  }

  /** Refuses a toolchain out of bounds. */
  public Rebuilt {
    if (toolchain.isBlank()
        || toolchain.length() > TOOLCHAIN_MAX
        || toolchain.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a toolchain is named in one line of 1 to " + TOOLCHAIN_MAX + " characters");
    }
  }
}
