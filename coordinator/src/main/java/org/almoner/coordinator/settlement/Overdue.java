package org.almoner.coordinator.settlement;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;

/**
 * A line that was decided after its maturity, and waits for the next settlement.
 *
 * @param outcome {@link Outcome#NONE} once it is settled
 */
record Overdue(long leaf, Outcome outcome) implements Row {
  static final String FAMILY = "due/";
  private static final int VERSION = 1;

  static Overdue parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    long leaf = in.number();
    int digit = in.octet();
    in.end();
    Outcome outcome = Outcome.of(digit).orElseThrow(() -> in.fault("holds outcome " + digit));
    return new Overdue(leaf, outcome);
  }

  @Override
  public String key() {
    return FAMILY + Long.toHexString(leaf);
  }

  @Override
  public Bytes image() {
    return outcome == Outcome.NONE
        ? REMOVED
        : new RowWriter(VERSION).number(leaf).octet(outcome.digit()).finish();
  }
}
