package org.almoner.coordinator.batch;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/**
 * That nothing more of a batch is leased, for good, and why; a row of its own, so that a batch
 * never changes.
 *
 * @param atMs when it was stopped, by the coordinator's clock
 */
public record Stopped(BatchId batch, long atMs, StopReason reason) implements Row {
  private static final String FAMILY = "stopped/";
  private static final int VERSION = 1;

  /** All batches that were stopped, and why. */
  public static Map<BatchId, StopReason> load(RowStore store) throws IOException {
    Map<String, Bytes> rows = new TreeMap<>();
    store.scan(FAMILY, rows::put);
    Map<BatchId, StopReason> stopped = new TreeMap<>();
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      Stopped one = parse(row.getKey(), row.getValue());
      stopped.put(one.batch(), one.reason());
    }
    return stopped;
  }

  private static Stopped parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    BatchId batch = BatchId.parseHex(key.substring(FAMILY.length()));
    long atMs = in.number();
    String word = in.text();
    String text = in.text();
    in.end();
    try {
      return new Stopped(batch, atMs, new StopReason(StopReason.Kind.of(word), text));
    } catch (IllegalArgumentException e) {
      throw in.fault("holds no reason: " + e.getMessage());
    }
  }

  /** Key of that batch's row. */
  public static String key(BatchId batch) {
    return FAMILY + batch.toHex();
  }

  @Override
  public String key() {
    return key(batch);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION)
        .number(atMs)
        .text(reason.kind().word())
        .text(reason.text())
        .finish();
  }
}
