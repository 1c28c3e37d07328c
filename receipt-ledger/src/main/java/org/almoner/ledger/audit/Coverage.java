package org.almoner.ledger.audit;

/**
 * How much of a log its openings reach.
 *
 * <p>A line without opening is no fault: openings are private, and one may have been erased.
 *
 * @param opened usage lines whose opening leads to their entry
 * @param unopened the other usage lines of the log
 * @param donors whose openings are known to be theirs
 * @param reports signed reports behind the openings
 * @param agents who signed them
 */
public record Coverage(long opened, long unopened, int donors, long reports, int agents) {
  /** One line for people. */
  @Override
  public String toString() {
    return opened
        + " usage lines opened, of "
        + donors
        + " donors, in "
        + reports
        + " reports by "
        + agents
        + " agents; "
        + unopened
        + " usage lines without opening";
  }
}
