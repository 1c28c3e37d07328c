package org.almoner.tax.worksheet;

/**
 * One reason why a worksheet is not made.
 *
 * @param demand what it goes against
 * @param finding what was found where
 */
public record Objection(Demand demand, String finding) {
  /** The objection as one sentence. */
  public String sentence() {
    return finding + ": " + demand.demand() + " (" + demand + ")";
  }
}
