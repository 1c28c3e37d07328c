package org.almoner.ledger.entry;

/**
 * How often a computer's work is checked, by its record: what a coordinator goes by and an auditor
 * repeats.
 */
public final class CheckOdds {
  /** Results that were agreed in a row, of one release, after which units are run alone. */
  public static final int ALONE_FROM = 10;

  /** However good the record, one line in so many is checked. */
  public static final int ONE_IN_MOST = 20;

  /** Being outvoted more often changes nothing more. */
  public static final int CAUGHT_MAX = 4;

  /** Each time a computer was outvoted, its next row must be so many times as long. */
  private static final int FACTOR = 10;

  private CheckOdds() {}

  /** How long the row must be of a computer that was outvoted so often. */
  public static int rowNeeded(int caught) {
    int needed = ALONE_FROM;
    for (int i = 0; i < Math.min(caught, CAUGHT_MAX); i++) {
      needed *= FACTOR;
    }
    return needed;
  }

  /** One line in how many is checked, of a computer that runs units alone after such a row. */
  public static int oneIn(long row) {
    return (int) Math.min(row, ONE_IN_MOST);
  }
}
