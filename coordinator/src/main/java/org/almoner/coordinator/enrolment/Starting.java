package org.almoner.coordinator.enrolment;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Outcome;

/**
 * How an agent did in starter units.
 *
 * @param right whether an answer of it was right
 * @param wrongMs when its last wrong answer was logged, coordinator's clock; 0 for never
 */
public record Starting(boolean right, long wrongMs) {
  /** Nothing is known yet. */
  public static final Starting NEW = new Starting(false, 0);

  /** Whether its last answer was wrong. */
  public boolean wrong() {
    return !right && wrongMs > 0;
  }

  /** After an answer whose line was logged at {@code nowMs}. */
  Starting after(Outcome outcome, long nowMs) {
    return switch (outcome) {
      case STARTER -> new Starting(true, wrongMs);
      case OUTPUT_DISAGREED, COUNT_DISAGREED -> new Starting(right, nowMs);
      default -> this;
    };
  }

  static Starting read(RowReader in) throws DamagedRow {
    return new Starting(in.bool(), in.number());
  }

  void write(RowWriter out) {
    out.bool(right).number(wrongMs);
  }
}
