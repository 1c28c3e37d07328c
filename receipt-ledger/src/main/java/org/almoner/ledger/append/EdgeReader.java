package org.almoner.ledger.append;

import java.io.IOException;
import java.util.List;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Reads and checks the last tiles and the last bundle of a tree of one size. */
final class EdgeReader {
  private final TileSource source;
  private final long size;

  EdgeReader(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /** Highest level that holds a hash; -1 for the empty tree. */
  int topLevel() {
    int level = 0;
    while (TilePath.count(level, size) > 0) {
      level++;
    }
    return level - 1;
  }

  List<Hash> partialHashes(int level) throws LogRefused, IOException {
    long count = TilePath.count(level, size);
    int width = (int) (count % TilePath.FULL);
    return width == 0
        ? List.of()
        : tile(new TilePath(level, count / TilePath.FULL, width)).hashes();
  }

  List<Bytes> partialEntries() throws LogRefused, IOException {
    int width = (int) (size % TilePath.FULL);
    return width == 0
        ? List.of()
        : bundle(new TilePath(TilePath.ENTRIES, size / TilePath.FULL, width)).entries();
  }

  static List<Hash> peaks(List<Hash> row) {
    return row.isEmpty() ? List.of() : HashTile.of(row).peaks();
  }

  void checkFullTiles() throws LogRefused, IOException {
    for (int level = 0; TilePath.count(level, size) >= TilePath.FULL; level++) {
      long index = TilePath.count(level, size) / TilePath.FULL - 1;
      TilePath path = new TilePath(level, index, TilePath.FULL);
      TilePath parent = TilePath.holding(level + 1, index, size).orElseThrow();
      Hash expected = tile(parent).hash((int) (index % TilePath.FULL));
      if (!tile(path).subtree(TilePath.HEIGHT, 0).equals(expected)) {
        throw new LogRefused(
            path + " does not hash to its place in " + parent + ": restore it from a copy");
      }
    }
  }

  void checkLastBundle() throws LogRefused, IOException {
    if (size > 0) {
      checkBundle(TilePath.holding(TilePath.ENTRIES, size - 1, size).orElseThrow());
    }
  }

  private void checkBundle(TilePath path) throws LogRefused, IOException {
    TilePath leaves = new TilePath(0, path.index(), path.width());
    HashTile expected = tile(leaves);
    List<Bytes> entries = bundle(path).entries();
    for (int i = 0; i < entries.size(); i++) {
      if (!TreeHash.leaf(entries.get(i)).equals(expected.hash(i))) {
        throw new LogRefused(
            "entry "
                + (path.firstItem() + i)
                + " in "
                + path
                + " does not hash to its leaf in "
                + leaves
                + ": restore them from a copy");
      }
    }
  }

  /** Checks that the log holds {@code entries} from {@code firstIndex} on. */
  void checkHeld(long firstIndex, List<Bytes> entries) throws LogRefused, IOException {
    long end = firstIndex + entries.size();
    for (long at = firstIndex; at < end; ) {
      TilePath path = TilePath.holding(TilePath.ENTRIES, at, size).orElseThrow();
      List<Bytes> held = bundle(path).entries();
      for (; at < end && at < path.firstItem() + held.size(); at++) {
        if (!held.get((int) (at - path.firstItem())).equals(entries.get((int) (at - firstIndex)))) {
          throw new LogRefused(
              "entry "
                  + at
                  + " in "
                  + path
                  + " is not the one in the staged batch: store and register do not belong"
                  + " together");
        }
      }
    }
  }

  private HashTile tile(TilePath path) throws LogRefused, IOException {
    try {
      return HashTile.parse(octets(path), path.width());
    } catch (MalformedTile e) {
      throw new LogRefused(path + " is damaged: " + e.getMessage(), e);
    }
  }

  private EntryBundle bundle(TilePath path) throws LogRefused, IOException {
    try {
      return EntryBundle.parse(octets(path), path.width());
    } catch (MalformedTile e) {
      throw new LogRefused(path + " is damaged: " + e.getMessage(), e);
    }
  }

  private Bytes octets(TilePath path) throws LogRefused, IOException {
    return source
        .find(path)
        .orElseThrow(
            () ->
                new LogRefused(
                    path
                        + " is missing, though the checkpoint of size "
                        + size
                        + " needs it: restore it from a copy"));
  }
}
