package org.almoner.coordinator.archive;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.almoner.coordinator.batch.Archived;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/**
 * A store whose rows of archived batches are found in their archives. What the store itself has
 * comes first, so that a row is read alike before it was removed and afterwards; a scan sees the
 * store alone.
 */
public final class ArchivedRows implements RowStore {
  /** Families whose keys go on with a batch's id, and which an archive holds. */
  private static final Set<String> FAMILIES = Set.of("batch", "tally", "unit");

  private final RowStore store;
  private final ArchiveShelf shelf;
  private final Set<BatchId> archived = ConcurrentHashMap.newKeySet();

  private ArchivedRows(RowStore store, ArchiveShelf shelf) {
    this.store = store;
    this.shelf = shelf;
  }

  /** Reads which batches are archived. */
  public static ArchivedRows over(RowStore store, ArchiveShelf shelf) throws IOException {
    ArchivedRows rows = new ArchivedRows(store, shelf);
    Archived.load(store).forEach(each -> rows.archived.add(each.batch()));
    return rows;
  }

  @Override
  public void putAll(SortedMap<String, Bytes> rows) throws IOException {
    // First: what is removed by these rows is read from the archive from this moment on.
    rows.tailMap(Archived.FAMILY).keySet().stream()
        .takeWhile(key -> key.startsWith(Archived.FAMILY))
        .forEach(key -> archived.add(Archived.batchOf(key)));
    store.putAll(rows);
  }

  @Override
  public Optional<Bytes> get(String key) throws IOException {
    Optional<Bytes> here = store.get(key);
    if (here.isPresent()) {
      return here;
    }
    Optional<BatchId> batch = batchOf(key).filter(archived::contains);
    if (batch.isEmpty()) {
      return here;
    }
    try {
      return shelf.find(batch.get(), key);
    } catch (IOException e) {
      throw new ArchiveUnreadable(batch.get(), e);
    }
  }

  @Override
  public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
    store.scan(prefix, each);
  }

  private static Optional<BatchId> batchOf(String key) {
    int slash = key.indexOf('/');
    int end = slash + 1 + 2 * BatchId.SIZE;
    return slash > 0 && key.length() >= end && FAMILIES.contains(key.substring(0, slash))
        ? Optional.of(BatchId.parseHex(key.substring(slash + 1, end)))
        : Optional.empty();
  }
}
