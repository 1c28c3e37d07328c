package org.almoner.ledger.tile;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Where the tiles and bundles of one log are read: a store, a directory, a server, a mirror. */
@FunctionalInterface
public interface TileSource {
  /**
   * The octets at {@code path}, or nothing when the source does not hold exactly that tile.
   *
   * @throws IOException when it cannot be told
   */
  Optional<Bytes> read(TilePath path) throws IOException;

  /**
   * The octets at {@code path}, cut from the full tile when the partial one is gone: a log may drop
   * a partial tile as soon as the full one exists.
   *
   * @throws IOException when it cannot be told, or when the full tile is too short to be cut
   */
  default Optional<Bytes> find(TilePath path) throws IOException {
    Optional<Bytes> exact = read(path);
    if (exact.isPresent() || path.isFull()) {
      return exact;
    }
    Optional<Bytes> full = read(path.full());
    if (full.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(cut(path, full.get()));
    } catch (MalformedTile e) {
      throw new IOException(path.full() + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * What belongs at the partial tile {@code path}, taken from a wider version of the same tile. A
   * store may therefore keep only the widest version of each.
   *
   * @throws MalformedTile when {@code wider} holds fewer items
   */
  static Bytes cut(TilePath path, Bytes wider) throws MalformedTile {
    if (path.isEntries()) {
      return EntryBundle.cut(wider, path.width());
    }
    int size = path.width() * Hash.SIZE;
    if (wider.size() < size) {
      throw new MalformedTile(
          "a tile of width " + path.width() + " cannot be cut from " + wider.size() + " octets");
    }
    return Bytes.of(Arrays.copyOf(wider.toArray(), size));
  }
}
