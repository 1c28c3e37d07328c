package org.almoner.coordinator.enrolment;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Outcome;

/**
 * How an agent did in starter units.
 *
 * @param right whether its last answer was right
 * @param wrongMs when its last wrong answer was logged, coordinator's clock; 0 for never
 * @param rightMs when its last right answer was logged, same clock; 0 for never, or not known
 */
public record Starting(boolean right, long wrongMs, long rightMs) {
  /** Nothing is known yet. */
  public static final Starting NEW = new Starting(false, 0, 0);

  /** Rows of agents before this version do not say when an answer was right. */
  private static final int SINCE = 5;

  /** Whether its last answer was wrong. */
  public boolean wrong() {
    return !right && wrongMs > 0;
  }

  /** After an answer whose line was logged at {@code nowMs}. */
  Starting after(Outcome outcome, long nowMs) {
    return switch (outcome) {
      case STARTER -> new Starting(true, wrongMs, nowMs);
      case OUTPUT_DISAGREED, COUNT_DISAGREED -> new Starting(false, nowMs, rightMs);
      default -> this;
    };
  }

  static Starting read(RowReader in) throws DamagedRow {
    return new Starting(in.bool(), in.number(), in.version() < SINCE ? 0 : in.number());
  }

  void write(RowWriter out) {
    out.bool(right).number(wrongMs).number(rightMs);
  }
}
