package org.almoner.tax.pdf;

/** A file that is no statement of ours, or can only be read by guessing; one sentence says why. */
public final class MalformedDocument extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedDocument(String sentence) {
    super(sentence);
  }
}
