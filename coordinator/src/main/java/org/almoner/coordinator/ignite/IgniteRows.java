package org.almoner.coordinator.ignite;

import java.io.IOException;
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
 * Rows in two caches: a scan reads a cache whole, so the families that are read at a start, which
 * stay small, have one of their own, apart from all that was ever done.
 */
final class IgniteRows implements RowStore {
  private static final Set<String> READ_AT_START =
      Set.of(
          "archived",
          "auditor",
          "batch",
          "donor",
          "due",
          "erased",
          "lent",
          "meta",
          "open",
          "owner",
          "stopped",
          "tally");

  private final IgniteCache<String, byte[]> atStart;
  private final IgniteCache<String, byte[]> byKey;

  IgniteRows(IgniteCache<String, byte[]> atStart, IgniteCache<String, byte[]> byKey) {
    this.atStart = atStart;
    this.byKey = byKey;
  }

  @Override
  public void putAll(SortedMap<String, Bytes> rows) throws IOException {
    Change start = new Change(atStart);
    Change key = new Change(byKey);
    rows.forEach((name, value) -> (isAtStart(name) ? start : key).add(name, value));
    try {
      start.write();
      key.write();
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
      byte[] value = (isAtStart(key) ? atStart : byKey).get(key);
      return value == null ? Optional.empty() : Optional.of(Bytes.of(value));
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read row " + key + ": " + e, e);
    }
  }

  @Override
  public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
    if (prefix.isEmpty()) {
      scan(atStart, prefix, each);
      scan(byKey, prefix, each);
    } else {
      scan(isAtStart(prefix) ? atStart : byKey, prefix, each);
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

  private static boolean isAtStart(String key) {
    int slash = key.indexOf('/');
    return READ_AT_START.contains(slash < 0 ? key : key.substring(0, slash));
  }
}
