package org.almoner.command.audit;

import java.util.Arrays;
import java.util.Optional;

/** What became of one drawn line. */
enum Verdict {
  /** Everything that was looked at is as the line says. */
  HELD("held"),
  /** A run comes to what the line says, but other checks of it were not possible. */
  HELD_IN_PART("held-in-part"),
  /** Something is not. */
  DIFFERS("differs"),
  /**
   * Said to be erased, as the operator's list said before the dice fell; no other line is drawn in
   * its place.
   */
  ERASED("erased"),
  /** Said to be erased once the dice had fallen; the list that was kept before does not say so. */
  ERASED_LATE("erased-late"),
  /** This computer could not run the unit, which says nothing of the line. */
  NOT_RUN("not-run");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static Optional<Verdict> of(String word) {
    return Arrays.stream(values()).filter(verdict -> verdict.word.equals(word)).findFirst();
  }
}
