package org.almoner.coordinator.writer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;

/**
 * What the requests of one group commit add to the log and change in the rows.
 *
 * <p>A row touched by many requests is written once, as it stands when the group ends.
 */
public final class Group {
  /** Reads one kind of row. */
  @FunctionalInterface
  public interface Parser<R> {
    /** The row whose octets these are. */
    R parse(Bytes octets) throws DamagedRow;
  }

  private final RowStore store;
  private final long nowMs;
  private final long firstLeaf;
  private final List<Bytes> entries = new ArrayList<>();
  private final Map<String, Row> touched = new LinkedHashMap<>();

  Group(RowStore store, long nowMs, long firstLeaf) {
    this.store = store;
    this.nowMs = nowMs;
    this.firstLeaf = firstLeaf;
  }

  /** The coordinator's clock for every decision of this group, milliseconds since 1970 UTC. */
  public long nowMs() {
    return nowMs;
  }

  /** Index the group's first entry has or will have. */
  public long firstLeaf() {
    return firstLeaf;
  }

  /** Index the next entry will have. */
  public long nextLeaf() {
    return firstLeaf + entries.size();
  }

  /** Adds an entry to the log; returns its index. */
  public long log(Bytes entry) {
    entries.add(entry);
    return firstLeaf + entries.size() - 1;
  }

  /** Marks a row for writing. */
  public void touch(Row row) {
    touched.put(row.key(), row);
  }

  /** The row as this group has it so far, else as the store has it. */
  public <R extends Row> Optional<R> find(String key, Class<R> type, Parser<R> parser)
      throws IOException {
    Row row = touched.get(key);
    if (row != null) {
      return Optional.of(type.cast(row));
    }
    Optional<Bytes> octets = store.get(key);
    return octets.isEmpty() ? Optional.empty() : Optional.of(parser.parse(octets.get()));
  }

  /** The octets of a row as this group has them, else as the store has them. */
  public Optional<Bytes> octets(String key) throws IOException {
    Row row = touched.get(key);
    if (row != null) {
      Bytes image = row.image();
      return image.size() == 0 ? Optional.empty() : Optional.of(image);
    }
    return store.get(key);
  }

  /** All touched rows of one type. */
  public <R extends Row> List<R> touched(Class<R> type) {
    return touched.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Whether there is anything to make durable. */
  boolean isEmpty() {
    return entries.isEmpty() && touched.isEmpty();
  }

  List<Bytes> entries() {
    return entries;
  }

  /** Rows that are written ahead of the group, or those that are staged with it. */
  SortedMap<String, Bytes> images(boolean ahead) {
    SortedMap<String, Bytes> images = new TreeMap<>();
    for (Map.Entry<String, Row> row : touched.entrySet()) {
      if (row.getValue().aheadOfGroup() == ahead) {
        images.put(row.getKey(), row.getValue().image());
      }
    }
    return images;
  }
}
