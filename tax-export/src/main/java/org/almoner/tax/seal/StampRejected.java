package org.almoner.tax.seal;

/** A time stamp that does not hold; one sentence says why. */
final class StampRejected extends Exception {
  private static final long serialVersionUID = 1L;

  StampRejected(String sentence) {
    super(sentence);
  }
}
