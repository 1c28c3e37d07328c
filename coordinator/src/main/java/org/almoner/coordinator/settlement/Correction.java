package org.almoner.coordinator.settlement;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;

/**
 * A settled line that is to count no more, or to count again.
 *
 * @param reason as in {@link org.almoner.ledger.entry.Voiding}
 * @param waits whether it is not logged yet
 */
public record Correction(long leaf, boolean reinstates, String reason, boolean waits)
    implements Row {
  static final String FAMILY = "correct/";
  private static final int VERSION = 1;

  /** The line is to count no more. */
  public static Correction ofVoid(long leaf, String reason) {
    return new Correction(leaf, false, reason, true);
  }

  /** The line is to count again. */
  public static Correction ofReinstatement(long leaf, String reason) {
    return new Correction(leaf, true, reason, true);
  }

  static Correction parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    Correction correction = new Correction(in.number(), in.bool(), in.text(), true);
    in.end();
    return correction;
  }

  Correction done() {
    return new Correction(leaf, reinstates, reason, false);
  }

  @Override
  public String key() {
    return FAMILY + Long.toHexString(leaf);
  }

  @Override
  public Bytes image() {
    return waits
        ? new RowWriter(VERSION).number(leaf).bool(reinstates).text(reason).finish()
        : REMOVED;
  }
}
