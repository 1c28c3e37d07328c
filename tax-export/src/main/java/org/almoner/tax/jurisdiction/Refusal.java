package org.almoner.tax.jurisdiction;

/**
 * One reason why a document is not made.
 *
 * @param rule the rule it breaks
 * @param finding what was found where
 */
public record Refusal(Rule rule, String finding) {
  /** The refusal as one sentence. */
  public String sentence() {
    return finding + ": " + rule.demand() + " (" + rule + ")";
  }
}
