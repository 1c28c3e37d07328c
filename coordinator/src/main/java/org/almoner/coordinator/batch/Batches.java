package org.almoner.coordinator.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/** All batches. Added on the writer's thread, read from any. */
public final class Batches {
  private final Map<BatchId, Batch> batches = new ConcurrentHashMap<>();

  /** Reads all batches. */
  public static Batches load(RowStore store) throws IOException {
    Map<String, Bytes> rows = new ConcurrentHashMap<>();
    store.scan(Batch.FAMILY, rows::put);
    Batches loaded = new Batches();
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      Batch batch = Batch.parse(row.getKey(), row.getValue());
      loaded.batches.put(batch.id(), batch);
    }
    return loaded;
  }

  /** The batch of that name. */
  public Optional<Batch> find(BatchId id) {
    return Optional.ofNullable(batches.get(id));
  }

  /** Number of batches, which is the next one's number. */
  public long count() {
    return batches.size();
  }

  /** All batches, newest first. */
  public List<Batch> newestFirst() {
    Collection<Batch> all = batches.values();
    List<Batch> list = new ArrayList<>(all);
    list.sort(Comparator.comparingLong(Batch::number).reversed());
    return list;
  }

  /** Keeps a new batch. */
  public void add(Group group, Batch batch) {
    batches.put(batch.id(), batch);
    group.touch(batch);
  }
}
