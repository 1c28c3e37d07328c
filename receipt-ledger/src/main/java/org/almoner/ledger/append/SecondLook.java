package org.almoner.ledger.append;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Hashes what is about to be written a second time, from the octets themselves, before its root is
 * signed. A log once had to be closed for one flipped bit between its entry and its hash.
 */
final class SecondLook {
  private final RightEdge edge;
  private final Map<TilePath, Bytes> octets;
  private final Map<TilePath, HashTile> tiles = new HashMap<>();

  private SecondLook(RightEdge.Growth growth) {
    this.edge = growth.edge();
    this.octets = growth.tiles();
  }

  /**
   * Checks everything written for one growth.
   *
   * @return the hash tiles among it
   * @throws MalformedTile naming the tile that disagrees
   */
  static Map<TilePath, HashTile> at(RightEdge.Growth growth) throws MalformedTile {
    SecondLook look = new SecondLook(growth);
    for (Map.Entry<TilePath, Bytes> entry : look.octets.entrySet()) {
      TilePath path = entry.getKey();
      if (!path.isEntries()) {
        look.tiles.put(path, HashTile.parse(entry.getValue(), path.width()));
      }
    }
    for (TilePath path : look.octets.keySet()) {
      if (path.isEntries()) {
        look.checkLeaves(path);
      } else if (path.isFull()) {
        look.checkParent(path);
      }
    }
    look.checkRoot();
    return look.tiles;
  }

  private void checkLeaves(TilePath path) throws MalformedTile {
    HashTile leaves = tile(new TilePath(0, path.index(), path.width()));
    List<Bytes> entries = EntryBundle.parse(found(path, octets.get(path)), path.width()).entries();
    for (int i = 0; i < entries.size(); i++) {
      if (!TreeHash.leaf(entries.get(i)).equals(leaves.hash(i))) {
        throw new MalformedTile("entry " + (path.firstItem() + i) + " hashed to two values");
      }
    }
  }

  private void checkParent(TilePath path) throws MalformedTile {
    TilePath parent =
        TilePath.holding(path.level() + 1, path.index(), edge.size())
            .orElseThrow(() -> new MalformedTile(path + " has no place one level up"));
    Hash place = tile(parent).hash((int) (path.index() % TilePath.FULL));
    if (!tile(path).subtree(TilePath.HEIGHT, 0).equals(place)) {
      throw new MalformedTile(path + " hashed to two values");
    }
  }

  private void checkRoot() throws MalformedTile {
    List<Hash> peaks = new ArrayList<>();
    for (int level = edge.levels() - 1; level >= 0; level--) {
      List<Hash> row = edge.partial(level);
      if (!row.isEmpty()) {
        long index = TilePath.count(level, edge.size()) / TilePath.FULL;
        HashTile written = tiles.get(new TilePath(level, index, row.size()));
        peaks.addAll((written == null ? HashTile.of(row) : written).peaks());
      }
    }
    if (!TreeHash.rootOf(peaks).equals(edge.root())) {
      throw new MalformedTile("the tree of size " + edge.size() + " hashed to two roots");
    }
  }

  private HashTile tile(TilePath path) throws MalformedTile {
    return found(path, tiles.get(path));
  }

  private static <T> T found(TilePath path, @Nullable T value) throws MalformedTile {
    return Optional.ofNullable(value)
        .orElseThrow(() -> new MalformedTile(path + " is not among the tiles to write"));
  }
}
