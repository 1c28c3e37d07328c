package org.almoner.command.audit;

import java.util.Arrays;
import java.util.Optional;

/** What became of one drawn line. */
enum Verdict {
  /** Everything that was looked at is as the line says. */
  HELD("held"),
  /** Something is not. */
  DIFFERS("differs"),
  /** The donor's openings were erased; no other line is drawn in its place. */
  ERASED("erased"),
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
