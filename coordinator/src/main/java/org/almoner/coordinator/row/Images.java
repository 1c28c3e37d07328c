package org.almoner.coordinator.row;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Bytes;

/** Row images as one string of octets: what is staged with the log entries they belong to. */
public final class Images {
  private static final int VERSION = 1;
  private static final String NAME = "images of the last group commit";

  private Images() {}

  /** All rows, by key. */
  public static Bytes encode(SortedMap<String, Bytes> rows) {
    RowWriter out = new RowWriter(VERSION).number(rows.size());
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      out.text(row.getKey()).bytes(row.getValue());
    }
    return out.finish();
  }

  /** Reads what {@link #encode} wrote; no octets at all are no rows. */
  public static SortedMap<String, Bytes> parse(Bytes octets) throws DamagedRow {
    SortedMap<String, Bytes> rows = new TreeMap<>();
    if (octets.size() == 0) {
      return rows;
    }
    RowReader in = new RowReader(NAME, octets, VERSION);
    long count = in.number();
    for (long i = 0; i < count; i++) {
      String key = in.text();
      if (rows.put(key, in.bytes()) != null) {
        throw in.fault("hold " + key + " twice");
      }
    }
    in.end();
    return rows;
  }
}
