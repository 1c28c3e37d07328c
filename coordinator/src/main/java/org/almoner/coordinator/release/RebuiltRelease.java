package org.almoner.coordinator.release;

import java.time.LocalDate;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** What came of the last rebuild of a release, whoever signed it. */
record RebuiltRelease(Hash digest, Rebuilt rebuilt) implements Row {
  static final String FAMILY = "rebuilt/";

  private static final int VERSION = 1;

  static RebuiltRelease parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    Rebuilt.Found found = Rebuilt.Found.of(in.text());
    Rebuilt rebuilt = new Rebuilt(found, in.bool(), in.text(), LocalDate.ofEpochDay(in.number()));
    in.end();
    return new RebuiltRelease(Hash.parseHex(key.substring(FAMILY.length())), rebuilt);
  }

  @Override
  public String key() {
    return FAMILY + digest.toHex();
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION)
        .text(rebuilt.found().word())
        .bool(rebuilt.byAuditor())
        .text(rebuilt.toolchain())
        .number(rebuilt.day().toEpochDay())
        .finish();
  }
}
