package org.almoner.coordinator.draw;

import java.time.LocalDate;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.protocol.bytes.Bytes;

/** The secret of a day, from when its hash is logged until it is logged itself. */
record DaySecret(LocalDate date, Bytes secret, boolean opened) implements Row {
  static final String FAMILY = "secret/";
  private static final int VERSION = 1;

  static DaySecret parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    LocalDate date = LocalDate.ofEpochDay(in.number());
    DaySecret secret = new DaySecret(date, in.fixed(CheckSecret.SECRET_OCTETS), false);
    in.end();
    return secret;
  }

  DaySecret open() {
    return new DaySecret(date, secret, true);
  }

  @Override
  public String key() {
    return FAMILY + date;
  }

  @Override
  public Bytes image() {
    return opened
        ? REMOVED
        : new RowWriter(VERSION).number(date.toEpochDay()).fixed(secret).finish();
  }
}
