package org.almoner.workload.spec;

/** A value one part of which is wrong; the message is a sentence about that part. */
final class Misplaced extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int at;

  /**
   * Names the part.
   *
   * @param at where in the value it begins, in UTF-16 units from 0
   */
  Misplaced(int at, String sentence) {
    super(sentence);
    this.at = at;
  }

  int at() {
    return at;
  }
}
