package org.almoner.coordinator.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/**
 * That no more of a batch is wanted, for good; a row of its own, so that a batch never changes.
 *
 * @param atMs when it was said first, by the coordinator's clock
 */
public record Cancelled(BatchId batch, long atMs) implements Row {
  private static final String FAMILY = "cancelled/";
  private static final int VERSION = 1;

  /** All batches that were cancelled. */
  public static List<BatchId> load(RowStore store) throws IOException {
    List<BatchId> batches = new ArrayList<>();
    store.scan(FAMILY, (key, row) -> batches.add(BatchId.parseHex(key.substring(FAMILY.length()))));
    return batches;
  }

  @Override
  public String key() {
    return FAMILY + batch.toHex();
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION).number(atMs).finish();
  }
}
