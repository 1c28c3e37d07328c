package org.almoner.ledger.check;

/**
 * How many of the lines that were accepted alone show that no check of theirs was due.
 *
 * @param alone lines settled as accepted alone
 * @param repeated how many of their draws could be repeated: the secret of their day is open
 * @param due how many of these were due at the lowest odds all the same; a finding each
 */
public record Draws(long alone, long repeated, long due) {
  /** One line for people. */
  @Override
  public String toString() {
    return alone
        + " lines were accepted alone; "
        + repeated
        + " of their draws could be repeated, and "
        + (due == 0 ? "no check was due" : "for " + due + " of them a check was due");
  }
}
