package org.almoner.coordinator.journal;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Where a record that the coordinator made was logged, so that it is never logged twice.
 *
 * @param digest SHA-256 of the record
 * @param leaf its index in the log
 * @param page the page it is on
 */
public record OwnRecord(Kind kind, Hash digest, long leaf, long page) implements Row {
  private static final int VERSION = 1;

  /** Key of the row of that record. */
  public static String key(Kind kind, Hash digest) {
    return "own/" + kind.octet() + "/" + digest.toHex();
  }

  /** Reads a row. */
  public static OwnRecord parse(Kind kind, Hash digest, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(kind, digest), row, VERSION);
    OwnRecord record = new OwnRecord(kind, digest, in.number(), in.number());
    in.end();
    return record;
  }

  @Override
  public String key() {
    return key(kind, digest);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION).number(leaf).number(page).finish();
  }
}
