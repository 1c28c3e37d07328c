package org.almoner.coordinator.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BatchId;

/**
 * All that the store keeps of a batch that is over: how it ended, and what its archive must hash
 * to.
 *
 * @param number the batch's
 * @param view how it stood in the end
 * @param digest SHA-256 of the archive
 * @param chunks rows of units that the store had
 * @param removed how many of them are removed, from the first on
 */
public record Archived(BatchView view, long number, Hash digest, long chunks, long removed)
    implements Row {
  /** Family of the rows. */
  public static final String FAMILY = "archived/";

  private static final int VERSION = 1;

  /** All batches that were archived. */
  public static List<Archived> load(RowStore store) throws IOException {
    Map<String, Bytes> rows = new TreeMap<>();
    store.scan(FAMILY, rows::put);
    List<Archived> all = new ArrayList<>();
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      all.add(parse(row.getKey(), row.getValue()));
    }
    return all;
  }

  /** The batch whose row has that key. */
  public static BatchId batchOf(String key) {
    return BatchId.parseHex(key.substring(FAMILY.length()));
  }

  /** Whose archive it is. */
  public BatchId batch() {
    return view.id();
  }

  /** Whether rows are left to be removed. */
  public boolean hasRows() {
    return removed < chunks;
  }

  /** The same with more rows removed. */
  public Archived removedTo(long count) {
    return new Archived(view, number, digest, chunks, count);
  }

  private static Archived parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    long number = in.number();
    Hash digest = in.hash();
    long chunks = in.number();
    long removed = in.number();
    BatchView view =
        new BatchView(
            batchOf(key),
            in.text(),
            in.text(),
            in.text(),
            in.number(),
            0,
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            new Allotment((int) in.number(), in.number(), in.number(), in.number()),
            false,
            stop(in));
    in.end();
    return new Archived(view, number, digest, chunks, removed);
  }

  private static StopReason stop(RowReader in) throws DamagedRow {
    String word = in.text();
    try {
      return new StopReason(StopReason.Kind.of(word), in.text());
    } catch (IllegalArgumentException e) {
      throw in.fault("holds no reason: " + e.getMessage());
    }
  }

  @Override
  public String key() {
    return FAMILY + batch().toHex();
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION)
        .number(number)
        .hash(digest)
        .number(chunks)
        .number(removed)
        .text(view.project())
        .text(view.purpose())
        .text(view.release())
        .number(view.units())
        .number(view.reported())
        .number(view.accepted())
        .number(view.failed())
        .number(view.rejected())
        .number(view.cpuMs())
        .number(view.allotment().cores())
        .number(view.allotment().memoryBytes())
        .number(view.allotment().diskBytes())
        .number(view.allotment().wallMs())
        .text(view.stopped().kind().word())
        .text(view.stopped().text())
        .finish();
  }
}
