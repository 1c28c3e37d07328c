package org.almoner.tax.verify;

/** Ends a step with the sentence that says why it does not hold. */
final class StepFailed extends Exception {
  private static final long serialVersionUID = 1L;

  StepFailed(String sentence) {
    super(sentence);
  }
}
