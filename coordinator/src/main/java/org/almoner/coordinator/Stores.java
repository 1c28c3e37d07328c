package org.almoner.coordinator;

import java.io.IOException;
import java.util.List;
import org.almoner.coordinator.archive.ArchiveShelf;
import org.almoner.coordinator.archive.ArchivedRows;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.LogStore;

/**
 * Where a coordinator keeps everything but blobs.
 *
 * @param rows its own state
 * @param log tiles and the one batch in flight
 * @param register the newest checkpoint
 * @param archives where batches go that are over; none, and they stay among the rows
 */
public record Stores(
    RowStore rows, LogStore log, CheckpointRegister register, List<ArchiveShelf> archives) {
  /** Stores with one shelf for archives at most. */
  public Stores {
    archives = List.copyOf(archives);
    if (archives.size() > 1) {
      throw new IllegalArgumentException("one shelf for archives at most");
    }
  }

  /** Stores without a shelf for archives. */
  public Stores(RowStore rows, LogStore log, CheckpointRegister register) {
    this(rows, log, register, List.of());
  }

  /** The same stores, whose rows are also found in archives. */
  Stores readingArchives() throws IOException {
    return archives.isEmpty()
        ? this
        : new Stores(ArchivedRows.over(rows, archives.get(0)), log, register, archives);
  }

  /** The same stores with a shelf for archives. */
  public Stores archivingTo(ArchiveShelf shelf) {
    return new Stores(rows, log, register, List.of(shelf));
  }
}
