package org.almoner.coordinator.ignite;

import java.io.IOException;
import java.util.Optional;
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

/** Rows in a cache. */
final class IgniteRows implements RowStore {
  private final IgniteCache<String, byte[]> cache;

  IgniteRows(IgniteCache<String, byte[]> cache) {
    this.cache = cache;
  }

  @Override
  public void putAll(SortedMap<String, Bytes> rows) throws IOException {
    TreeMap<String, byte[]> put = new TreeMap<>();
    TreeSet<String> remove = new TreeSet<>();
    rows.forEach(
        (key, value) -> {
          if (value.size() == 0) {
            remove.add(key);
          } else {
            put.put(key, value.toArray());
          }
        });
    try {
      if (!put.isEmpty()) {
        cache.putAll(put);
      }
      if (!remove.isEmpty()) {
        cache.removeAll(remove);
      }
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store did not take " + rows.size() + " rows: " + e, e);
    }
  }

  @Override
  public Optional<Bytes> get(String key) throws IOException {
    try {
      byte[] value = cache.get(key);
      return value == null ? Optional.empty() : Optional.of(Bytes.of(value));
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read row " + key + ": " + e, e);
    }
  }

  @Override
  public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
    ScanQuery<String, byte[]> query = new ScanQuery<>((key, value) -> key.startsWith(prefix));
    try (QueryCursor<Cache.Entry<String, byte[]>> rows = cache.query(query)) {
      rows.forEach(row -> each.accept(row.getKey(), Bytes.of(row.getValue())));
    } catch (CacheException | IgniteException | IllegalStateException e) {
      throw new IOException("the store cannot read the rows " + prefix + ": " + e, e);
    }
  }
}
