package org.almoner.workload.batch;

import java.util.Arrays;
import java.util.Optional;

/** How often a computer with a good record is checked by another donor's. */
public enum Checks {
  /** By chance: most of its results are taken at once. What holds unless a batch says otherwise. */
  DRAWN("drawn"),
  /** Every time: no result is taken from one computer alone, whatever its record. */
  EVERY("every");

  private final String word;

  Checks(String word) {
    this.word = word;
  }

  /** As it stands in a batch and in an owner's file. */
  public String word() {
    return word;
  }

  /**
   * Whether a result of a batch that asks for {@code agree} donors may be taken from one computer
   * alone.
   */
  public boolean admitAlone(int agree) {
    return this == DRAWN && agree == BatchSpec.AGREE_MIN;
  }

  /** The one of that name. */
  public static Optional<Checks> of(String word) {
    return Arrays.stream(values()).filter(checks -> checks.word.equals(word)).findFirst();
  }
}
