package org.almoner.coordinator.memory;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;

/** Rows in a sorted map. */
public final class MemoryRows implements RowStore {
  private final ConcurrentSkipListMap<String, Bytes> rows = new ConcurrentSkipListMap<>();

  @Override
  public void putAll(SortedMap<String, Bytes> changed) {
    for (Map.Entry<String, Bytes> row : changed.entrySet()) {
      if (row.getValue().size() == 0) {
        rows.remove(row.getKey());
      } else {
        rows.put(row.getKey(), row.getValue());
      }
    }
  }

  @Override
  public Optional<Bytes> get(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public void scan(String prefix, BiConsumer<String, Bytes> each) {
    rows.subMap(prefix, prefix + Character.MAX_VALUE).forEach(each);
  }
}
