package org.almoner.ledger.append;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;

/**
 * Where the writer of a log keeps its tiles and the one batch in flight. One writer at a time.
 *
 * <p>After an exception from any of these, the writer stops: a store need not know whether what
 * failed became durable.
 */
public interface LogStore extends TileSource {
  /**
   * Makes {@code staged} durable as one atomic record, in the place of the batch before.
   *
   * @throws IOException also when the store holds a batch of the same or a later epoch: then
   *     another writer is at work
   */
  void stage(Staged staged) throws IOException;

  /** The newest staged batch; nothing in a store that no log was created in. */
  Optional<Staged> staged() throws IOException;

  /**
   * Makes tiles and bundles durable before it returns. Some may be there already, from a batch that
   * is being finished again; they are then the same octets.
   *
   * <p>A partial tile is a beginning of every wider version of the same tile, so a store may keep
   * only the widest and cut the others from it when they are read.
   *
   * @throws IOException also when a tile of that path is there with other octets
   */
  void write(Map<TilePath, Bytes> tiles) throws IOException;
}
