package org.almoner.ledger.read;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.TilePath;

/** The hash tiles used last, at most a fixed number. Safe for use by several threads. */
final class TileCache {
  private final Map<TilePath, HashTile> tiles;

  TileCache(int tilesMax) {
    tiles =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<TilePath, HashTile> eldest) {
            return size() > tilesMax;
          }
        };
  }

  synchronized Optional<HashTile> get(TilePath path) {
    return Optional.ofNullable(tiles.get(path));
  }

  synchronized void put(TilePath path, HashTile tile) {
    tiles.put(path, tile);
  }

  synchronized void putAll(Map<TilePath, HashTile> more) {
    tiles.putAll(more);
  }
}
