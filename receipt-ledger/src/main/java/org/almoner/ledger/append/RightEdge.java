package org.almoner.ledger.append;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.Frontier;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** All a writer must know of a log to append to it: its last tile of each level and last bundle. */
final class RightEdge {
  private final Frontier frontier;

  /** Hashes of the last tile of each level, as long as it is partial. */
  private final List<List<Hash>> hashes;

  /** Entries of the last bundle, as long as it is partial. */
  private final List<Bytes> entries;

  private RightEdge(Frontier frontier, List<List<Hash>> hashes, List<Bytes> entries) {
    this.frontier = frontier;
    this.hashes = hashes;
    this.entries = entries;
  }

  static RightEdge empty() {
    return new RightEdge(Frontier.empty(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * Reads the edge and checks it: the partial tiles must lead to the root, the last full tile of
   * each level to its hash one level up, the entries of the last bundle to their leaf hashes.
   */
  static RightEdge load(Checkpoint checkpoint, TileSource source) throws LogRefused, IOException {
    EdgeReader reader = new EdgeReader(source, checkpoint.size());
    List<List<Hash>> hashes = new ArrayList<>();
    List<Hash> peaks = new ArrayList<>();
    for (int level = reader.topLevel(); level >= 0; level--) {
      List<Hash> row = reader.partialHashes(level);
      hashes.add(0, new ArrayList<>(row));
      peaks.addAll(EdgeReader.peaks(row));
    }
    Hash root = TreeHash.rootOf(peaks);
    if (!root.equals(checkpoint.root())) {
      throw new LogRefused(
          "the tiles at the right edge lead to root "
              + root
              + ", but the checkpoint of size "
              + checkpoint.size()
              + " has root "
              + checkpoint.root()
              + ": restore the tiles from a copy that is whole");
    }
    reader.checkFullTiles();
    reader.checkLastBundle();
    return new RightEdge(
        Frontier.of(checkpoint.size(), peaks), hashes, new ArrayList<>(reader.partialEntries()));
  }

  long size() {
    return frontier.size();
  }

  Hash root() {
    return frontier.root();
  }

  /** Hashes of the partial tile of a level; empty when the level ends with a full one. */
  List<Hash> partial(int level) {
    return level < hashes.size() ? hashes.get(level) : List.of();
  }

  int levels() {
    return hashes.size();
  }

  /** A new edge with {@code more} on the right; this one stays as it is. */
  Growth grow(List<Bytes> more) {
    List<List<Hash>> copies = new ArrayList<>();
    hashes.forEach(row -> copies.add(new ArrayList<>(row)));
    RightEdge next = new RightEdge(frontier.copy(), copies, new ArrayList<>(entries));
    Map<TilePath, Bytes> tiles = new TreeMap<>();
    for (Bytes entry : more) {
      next.append(entry, tiles);
    }
    next.partials(size(), tiles);
    return new Growth(next, tiles);
  }

  private void append(Bytes entry, Map<TilePath, Bytes> tiles) {
    entries.add(entry);
    frontier.append(
        TreeHash.leaf(entry),
        (height, root) -> {
          if (height % TilePath.HEIGHT == 0) {
            add(height / TilePath.HEIGHT, root, tiles);
          }
        });
    if (entries.size() == TilePath.FULL) {
      long index = size() / TilePath.FULL - 1;
      tiles.put(
          new TilePath(TilePath.ENTRIES, index, TilePath.FULL), new EntryBundle(entries).format());
      entries.clear();
    }
  }

  private void add(int level, Hash hash, Map<TilePath, Bytes> tiles) {
    while (hashes.size() <= level) {
      hashes.add(new ArrayList<>());
    }
    List<Hash> row = hashes.get(level);
    row.add(hash);
    if (row.size() == TilePath.FULL) {
      // The leaf that completed the tile is not yet counted in the frontier's size.
      long index = TilePath.count(level, size() + 1) / TilePath.FULL - 1;
      tiles.put(new TilePath(level, index, TilePath.FULL), HashTile.format(row));
      row.clear();
    }
  }

  /** Adds the partial tiles that changed since the log had {@code before} entries. */
  private void partials(long before, Map<TilePath, Bytes> tiles) {
    for (int level = 0; level < hashes.size(); level++) {
      long count = TilePath.count(level, size());
      List<Hash> row = hashes.get(level);
      if (!row.isEmpty() && count != TilePath.count(level, before)) {
        tiles.put(new TilePath(level, count / TilePath.FULL, row.size()), HashTile.format(row));
      }
    }
    if (!entries.isEmpty() && size() != before) {
      tiles.put(
          new TilePath(TilePath.ENTRIES, size() / TilePath.FULL, entries.size()),
          new EntryBundle(entries).format());
    }
  }

  /** What became of an edge, and the tiles and bundles to write for it. */
  record Growth(RightEdge edge, Map<TilePath, Bytes> tiles) {}
}
