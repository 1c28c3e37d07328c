package org.almoner.tax.evidence;

/** A file that is not evidence of this form; the message is one sentence. */
public final class MalformedEvidence extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in {@code sentence} what came and what was expected. */
  public MalformedEvidence(String sentence) {
    super(sentence);
  }
}
