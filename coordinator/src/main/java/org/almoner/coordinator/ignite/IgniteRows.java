package org.almoner.coordinator.ignite;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/**
 * Rows in three caches: a scan reads a cache whole, so the families that are read at a start, which
 * stay small, have one of their own, apart from all that was ever done; and so have the rows of
 * archived batches.
 */
final class IgniteRows implements RowStore {
  private static final Set<String> READ_AT_START =
      Set.of(
          "auditor",
          "batch",
          "calibration",
          "correct",
          "donor",
          "due",
          "erased",
          "lent",
          "meta",
          "objection",
          "open",
          "owner",
          "owner-token",
          "rebuilt",
          "recalled",
          "recheck",
          "release",
          "secret",
          "stopped",
          "sum",
          "tally",
          "total");

  /** Of batches that are over, one row each: they grow for ever, slowly. */
  private static final String ARCHIVED = "archived";

  private final IgniteCache<String, byte[]> atStart;
  private final IgniteCache<String, byte[]> archived;
  private final IgniteCache<String, byte[]> byKey;

  IgniteRows(
      IgniteCache<String, byte[]> atStart,
      IgniteCache<String, byte[]> archived,
      IgniteCache<String, byte[]> byKey) {
    this.atStart = atStart;
    this.archived = archived;
    this.byKey = byKey;
  }

  @Override
  public void putAll(SortedMap<String, Bytes> rows) throws IOException {
    Map<IgniteCache<String, byte[]>, Change> changes = new LinkedHashMap<>();
    rows.forEach(
        (name, value) -> changes.computeIfAbsent(cacheOf(name), Change::new).add(name, value));
    try {
      changes.values().forEach(Change::write);
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store did not take " + rows.size() + " rows: " + e, e);
    }
  }

  /** What changes in one cache, in the order of keys. */
  private record Change(
      IgniteCache<String, byte[]> cache, TreeMap<String, byte[]> put, TreeSet<String> remove) {
    Change(IgniteCache<String, byte[]> cache) {
      this(cache, new TreeMap<>(), new TreeSet<>());
    }

    void add(String key, Bytes value) {
      if (value.size() == 0) {
        remove.add(key);
      } else {
        put.put(key, value.toArray());
      }
    }

    void write() {
      if (!put.isEmpty()) {
        cache.putAll(put);
      }
      if (!remove.isEmpty()) {
        cache.removeAll(remove);
      }
    }
  }

  @Override
  public Optional<Bytes> get(String key) throws IOException {
    try {
      byte[] value = cacheOf(key).get(key);
      return value == null ? Optional.empty() : Optional.of(Bytes.of(value));
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read row " + key + ": " + e, e);
    }
  }

  @Override
  public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
    List<IgniteCache<String, byte[]>> caches =
        prefix.isEmpty() ? List.of(atStart, archived, byKey) : List.of(cacheOf(prefix));
    for (IgniteCache<String, byte[]> cache : caches) {
      scan(cache, prefix, each);
    }
  }

  private static void scan(
      IgniteCache<String, byte[]> cache, String prefix, BiConsumer<String, Bytes> each)
      throws IOException {
    ScanQuery<String, byte[]> query = new ScanQuery<>((key, value) -> key.startsWith(prefix));
    try (QueryCursor<Cache.Entry<String, byte[]>> rows = cache.query(query)) {
      rows.forEach(row -> each.accept(row.getKey(), Bytes.of(row.getValue())));
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read the rows " + prefix + ": " + e, e);
    }
  }

  /** Whether a scan of rows that begin so reads no more than what a start reads anyway. */
  static boolean isQuicklyScanned(String prefix) {
    String family = family(prefix);
    return family.equals(ARCHIVED) || READ_AT_START.contains(family);
  }

  private static String family(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }

  private IgniteCache<String, byte[]> cacheOf(String key) {
    String family = family(key);
    if (family.equals(ARCHIVED)) {
      return archived;
    }
    return READ_AT_START.contains(family) ? atStart : byKey;
  }
}
