package org.almoner.protocol.usage;

import java.util.Locale;

/** How a usage line did in a starter unit, as the coordinator tells its agent at once. */
public enum StarterAnswer {
  /** The line is of no starter unit. */
  NONE,
  /** The answer is the known one. */
  RIGHT,
  /** The answer is another one. */
  WRONG;

  /** The word that stands for it in an answer: {@code right} or {@code wrong}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word} of an answer to a starter unit. */
  public static StarterAnswer parse(String word) {
    if (word.equals(RIGHT.word())) {
      return RIGHT;
    }
    if (word.equals(WRONG.word())) {
      return WRONG;
    }
    throw new IllegalArgumentException("expected right or wrong, got " + word);
  }
}
