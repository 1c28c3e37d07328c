package org.almoner.ledger.selfcheck;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Hash;

/**
 * The tree grown again from its leaves, one bundle after the other. Holds one tile of each level,
 * and the tiles above the leaves that wait to be compared with the stored ones.
 */
final class Regrown {
  /** A tile as the leaves have it. */
  record Tile(TilePath path, List<Hash> hashes) {}

  /** Hashes of the tile being filled at each level from 1 on; index 0 is level 1. */
  private final List<List<Hash>> rows = new ArrayList<>();

  private final Deque<Tile> due = new ArrayDeque<>();
  private long fullBundles;

  /** Takes the leaves of the next full bundle. */
  void take(List<Hash> leaves) {
    fullBundles++;
    add(1, HashTile.of(leaves).subtree(TilePath.HEIGHT, 0));
  }

  private void add(int level, Hash hash) {
    if (rows.size() < level) {
      rows.add(new ArrayList<>());
    }
    List<Hash> row = rows.get(level - 1);
    row.add(hash);
    if (row.size() == TilePath.FULL) {
      due.add(new Tile(new TilePath(level, items(level) / TilePath.FULL - 1, TilePath.FULL), row));
      rows.set(level - 1, new ArrayList<>());
      add(level + 1, HashTile.of(row).subtree(TilePath.HEIGHT, 0));
    }
  }

  /** After the last leaf: the partial tiles are to be compared too. */
  void finish() {
    for (int level = 1; level <= rows.size(); level++) {
      List<Hash> row = rows.get(level - 1);
      if (!row.isEmpty()) {
        due.add(new Tile(new TilePath(level, items(level) / TilePath.FULL, row.size()), row));
      }
    }
  }

  private long items(int level) {
    return TilePath.count(level - 1, fullBundles);
  }

  /** The tiles to compare; who compared the first takes it out. */
  Deque<Tile> due() {
    return due;
  }

  /** Root over all full bundles so far and {@code rest}, fewer than {@link TilePath#FULL}. */
  Hash root(List<Hash> rest) {
    List<Hash> peaks = new ArrayList<>();
    for (int level = rows.size(); level >= 0; level--) {
      List<Hash> row = level == 0 ? rest : rows.get(level - 1);
      if (!row.isEmpty()) {
        peaks.addAll(HashTile.of(row).peaks());
      }
    }
    return TreeHash.rootOf(peaks);
  }
}
