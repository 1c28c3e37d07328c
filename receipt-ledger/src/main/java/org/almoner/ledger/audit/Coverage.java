package org.almoner.ledger.audit;

/**
 * How much of a log its openings reach.
 *
 * <p>A line without opening is no fault: openings are private. Those that are said to be erased
 * count for nobody.
 *
 * @param opened usage lines whose opening leads to their entry
 * @param erased others that the operator says were erased
 * @param unopened the other usage lines of the log
 * @param donors whose openings are known to be theirs
 * @param reports signed reports behind the openings
 * @param agents who signed them
 */
public record Coverage(
    long opened, long erased, long unopened, int donors, long reports, int agents) {
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
        + " agents; erased "
        + erased
        + "; "
        + unopened
        + " usage lines without opening";
  }
}
