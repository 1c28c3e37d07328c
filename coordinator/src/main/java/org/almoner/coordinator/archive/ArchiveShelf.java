package org.almoner.coordinator.archive;

import java.io.IOException;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;

/** Where archives of batches are kept: one each, which never changes. */
public interface ArchiveShelf {
  /** Rows, shown one after the other. */
  @FunctionalInterface
  interface Rows {
    /** Shows each row to {@code sink}, in ascending order of keys, each key once. */
    void each(Sink sink) throws IOException;
  }

  /** Takes rows. */
  @FunctionalInterface
  interface Sink {
    /** The next row. */
    void row(String key, Bytes row) throws IOException;
  }

  /**
   * What was written.
   *
   * @param digest SHA-256 of all its octets
   * @param bytes octets
   * @param rows rows in it
   */
  record Kept(Hash digest, long bytes, long rows) {}

  /**
   * Keeps rows, durably on return and read back once; what an earlier try for the same batch left
   * is replaced. When {@code rows} ends with an exception, nothing is kept.
   */
  Kept keep(BatchId batch, Rows rows) throws IOException;

  /** The row of that key in the batch's archive; empty when the archive has none. */
  Optional<Bytes> find(BatchId batch, String key) throws IOException;
}
