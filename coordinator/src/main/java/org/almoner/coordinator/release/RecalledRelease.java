package org.almoner.coordinator.release;

import org.almoner.coordinator.desk.Recalled;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/** A recall, which is never taken back; a row of its own, so that a release never changes. */
record RecalledRelease(String key, Recalled recalled) implements Row {
  static final String FAMILY = "recalled/";

  private static final int VERSION = 1;

  /** Key of the operator's recall, which is about the release whoever signed it. */
  static String byOperator(Hash digest) {
    return FAMILY + digest.toHex() + "/operator";
  }

  /** Key of an owner's recall, which is about what this owner signed. */
  static String byOwner(Hash digest, PublicKey owner) {
    return FAMILY + digest.toHex() + "/" + owner.toHex();
  }

  static RecalledRelease parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    Recalled recalled = new Recalled(in.bool(), in.text(), in.number(), in.number());
    in.end();
    return new RecalledRelease(key, recalled);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION)
        .bool(recalled.byOwner())
        .text(recalled.reason())
        .number(recalled.leaf())
        .number(recalled.atMs())
        .finish();
  }
}
