package org.almoner.tax.issue;

/** A statement that cannot be drawn up from this log and these openings; one sentence says why. */
public final class DrawingFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in {@code sentence} what does not fit. */
  public DrawingFailed(String sentence) {
    super(sentence);
  }
}
