package org.almoner.coordinator.journal;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * On which page an agreed output stands, if it travelled with its report.
 *
 * @param digest of the output bundle
 * @param page first leaf of the page
 */
public record OutputPlace(Hash digest, long page) implements Row {
  private static final int VERSION = 1;

  /** Key of the row of that output. */
  public static String key(Hash digest) {
    return "output/" + digest.toHex();
  }

  /** Reads a row. */
  public static OutputPlace parse(Hash digest, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(digest), row, VERSION);
    OutputPlace place = new OutputPlace(digest, in.number());
    in.end();
    return place;
  }

  @Override
  public String key() {
    return key(digest);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION).number(page).finish();
  }
}
