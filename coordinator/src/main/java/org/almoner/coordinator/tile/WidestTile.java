package org.almoner.coordinator.tile;

import java.io.IOException;
import java.util.Optional;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;

/**
 * The widest version of a tile that was written, which every narrower one is a beginning of.
 *
 * @param path its path, with its width
 */
public record WidestTile(TilePath path, Bytes octets) {
  /** The tile of the same place at another width; nothing when this one is narrower. */
  public Optional<Bytes> at(TilePath asked) throws IOException {
    if (asked.width() > path.width()) {
      return Optional.empty();
    }
    if (asked.width() == path.width()) {
      return Optional.of(octets);
    }
    try {
      return Optional.of(TileSource.cut(asked, octets));
    } catch (MalformedTile e) {
      throw new IOException("tile " + path + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * The wider of this and {@code next}.
   *
   * @throws IOException when neither is a beginning of the other
   */
  public WidestTile or(WidestTile next) throws IOException {
    boolean grows = next.path.width() >= path.width();
    WidestTile wide = grows ? next : this;
    WidestTile narrow = grows ? this : next;
    // Hashes, and entries with their lengths, stand one behind the other: narrower is a beginning.
    if (!wide.octets.startsWith(narrow.octets)) {
      throw new IOException("tile " + narrow.path + " is there with other octets");
    }
    return wide;
  }
}
