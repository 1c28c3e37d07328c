package org.almoner.ledger.audit;

/**
 * How many draws of lines that were accepted alone could be repeated with openings.
 *
 * @param alone lines settled as accepted alone
 * @param exact their draws were repeated at the odds of their computer's record
 * @param floor their draws could be repeated only at the lowest odds that their computer's record
 *     may have had: openings are missing, or leave open when something was decided
 * @param hidden their draws cannot be repeated yet: the secret of their day is not open
 */
public record Odds(long alone, long exact, long floor, long hidden) {
  /** One line for people. */
  @Override
  public String toString() {
    return alone
        + " lines accepted alone: draws repeated at exact odds "
        + exact
        + ", at odds that are not certain "
        + floor
        + ", not yet "
        + hidden;
  }
}
