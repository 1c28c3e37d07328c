package org.almoner.coordinator.row;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.almoner.protocol.bytes.Bytes;

/**
 * Where rows are kept. A key is a family, a slash and the rest; one thread writes, any may read.
 *
 * <p>The store need not write several rows at once: what it is asked to write was made durable as a
 * whole before, and is written again after a crash.
 */
public interface RowStore {
  /**
   * Replaces rows, durably on return; a row of no octets is removed.
   *
   * @throws IOException when it is not known what became durable
   */
  void putAll(SortedMap<String, Bytes> rows) throws IOException;

  /** The row of that key. */
  Optional<Bytes> get(String key) throws IOException;

  /**
   * Shows each row of a family, in no order; {@code prefix} is the family and its slash, or empty
   * for all families. Rows that are written meanwhile are shown as before or after.
   */
  void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException;
}
