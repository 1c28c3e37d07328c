package org.almoner.coordinator.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;

/**
 * All batches: those that go on in memory, archived ones read again when somebody asks. Added and
 * archived on the writer's thread, read from any.
 */
public final class Batches {
  /** Archived batches that are kept in memory once they were asked for. */
  private static final int READ_MAX = 64;

  private final RowStore store;
  private final Map<BatchId, Batch> batches = new ConcurrentHashMap<>();
  private final Map<BatchId, Archived> archived = new ConcurrentHashMap<>();
  private final Map<BatchId, Batch> readAgain = new LinkedHashMap<>();

  private Batches(RowStore store) {
    this.store = store;
  }

  /** Reads all batches that go on, and the names of the others. */
  public static Batches load(RowStore store) throws IOException {
    Map<String, Bytes> rows = new ConcurrentHashMap<>();
    store.scan(Batch.FAMILY, rows::put);
    Batches loaded = new Batches(store);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      Batch batch = Batch.parse(row.getKey(), row.getValue());
      loaded.batches.put(batch.id(), batch);
    }
    Archived.load(store).forEach(each -> loaded.archived.put(each.batch(), each));
    return loaded;
  }

  /** The batch of that name. */
  public Optional<Batch> find(BatchId id) {
    Batch batch = batches.get(id);
    return batch == null && isArchived(id)
        ? Optional.of(readAgain(id))
        : Optional.ofNullable(batch);
  }

  private Batch readAgain(BatchId id) {
    synchronized (readAgain) {
      Batch known = readAgain.get(id);
      if (known == null) {
        known = read(id);
        if (readAgain.size() == READ_MAX) {
          readAgain.remove(readAgain.keySet().iterator().next());
        }
        readAgain.put(id, known);
      }
      return known;
    }
  }

  private Batch read(BatchId id) {
    String key = Batch.key(id);
    try {
      Bytes row =
          store.get(key).orElseThrow(() -> new IOException("row " + key + " is in no archive"));
      return Batch.parse(key, row);
    } catch (IOException e) {
      throw new UncheckedIOException("an archived batch cannot be read", e);
    }
  }

  /** Number of batches, which is the next one's number. */
  public long count() {
    return (long) batches.size() + archived.size();
  }

  /** All batches that are not archived, newest first. */
  public List<Batch> newestFirst() {
    Collection<Batch> all = batches.values();
    List<Batch> list = new ArrayList<>(all);
    list.sort(Comparator.comparingLong(Batch::number).reversed());
    return list;
  }

  /** All batches that are archived, newest first. */
  public List<Archived> archivedNewestFirst() {
    List<Archived> list = new ArrayList<>(archived.values());
    list.sort(Comparator.comparingLong(Archived::number).reversed());
    return list;
  }

  /** Names of all batches, newest first. */
  public List<BatchId> allNewestFirst() {
    Map<Long, BatchId> all = new TreeMap<>(Comparator.reverseOrder());
    batches.values().forEach(batch -> all.put(batch.number(), batch.id()));
    archived.values().forEach(each -> all.put(each.number(), each.batch()));
    return List.copyOf(all.values());
  }

  /** Whether nothing of the batch can change any more and its rows are in an archive. */
  public boolean isArchived(BatchId id) {
    return archived.containsKey(id);
  }

  /** What is kept of an archived batch. */
  public Optional<Archived> archived(BatchId id) {
    return Optional.ofNullable(archived.get(id));
  }

  /** Keeps a new batch. */
  public void add(Group group, Batch batch) {
    batches.put(batch.id(), batch);
    group.touch(batch);
  }

  /** Keeps of a batch only where it went, or how many of its rows are gone. */
  public void retire(Group group, Archived gone) {
    archived.put(gone.batch(), gone);
    batches.remove(gone.batch());
    group.touch(gone);
  }
}
