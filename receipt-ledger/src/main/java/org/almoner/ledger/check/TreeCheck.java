package org.almoner.ledger.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.Frontier;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Grows the tree again from its leaf hashes and compares every tile above them. */
final class TreeCheck {
  private final TileSource source;
  private final Findings findings;
  private final Frontier frontier = Frontier.empty();

  /** Hashes of the tile being filled at each level from 1 on; index 0 is level 1. */
  private final List<List<Hash>> rows = new ArrayList<>();

  TreeCheck(TileSource source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /** Takes the next leaf hash and compares the tiles it completes. */
  void take(Hash leaf) throws IOException {
    List<Integer> full = new ArrayList<>();
    frontier.append(
        leaf,
        (height, root) -> {
          int level = height / TilePath.HEIGHT;
          if (height > 0 && height % TilePath.HEIGHT == 0 && add(level, root)) {
            full.add(level);
          }
        });
    for (int level : full) {
      compare(level);
      rows.get(level - 1).clear();
    }
  }

  /** Whether the tile of the level is full now. */
  private boolean add(int level, Hash root) {
    while (rows.size() < level) {
      rows.add(new ArrayList<>());
    }
    rows.get(level - 1).add(root);
    return rows.get(level - 1).size() == TilePath.FULL;
  }

  /** Compares the partial tiles and the root, after the last leaf. */
  void finish(Hash root) throws IOException {
    for (int level = 1; level <= rows.size(); level++) {
      if (!rows.get(level - 1).isEmpty()) {
        compare(level);
      }
    }
    if (!frontier.root().equals(root)) {
      findings.add(
          frontier.size(),
          "the leaves lead to root " + frontier.root() + ", but the checkpoint signs " + root);
    }
  }

  private void compare(int level) throws IOException {
    List<Hash> expected = rows.get(level - 1);
    long count = TilePath.count(level, frontier.size());
    TilePath path = new TilePath(level, (count - 1) / TilePath.FULL, expected.size());
    long leavesEach = 1L << (TilePath.HEIGHT * level);
    long first = path.firstItem() * leavesEach;
    Optional<Bytes> octets = source.find(path);
    if (octets.isEmpty()) {
      findings.add(first, path + " is missing");
      return;
    }
    try {
      int differs = differs(HashTile.parse(octets.get(), path.width()).hashes(), expected);
      if (differs >= 0) {
        findings.add(
            first + differs * leavesEach,
            path + " holds another hash than the leaves below it lead to");
      }
    } catch (MalformedTile e) {
      findings.add(first, path + " is damaged: " + e.getMessage());
    }
  }

  private static int differs(List<Hash> actual, List<Hash> expected) {
    for (int i = 0; i < expected.size(); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
