package org.almoner.ledger.selfcheck;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * One walk over all that is stored below one checkpoint, from the first entry to the root.
 *
 * <p>Tiles that have grown since are cut to the width they had. A suspicion changes nothing: the
 * next call of {@link #next} looks at the same place again.
 */
final class Round {
  private final TileSource source;
  private final Checkpoint checkpoint;
  private final Checkpoint before;
  private final Regrown tree = new Regrown();
  private List<Hash> rest = List.of();
  private long checked;
  private boolean done;

  /**
   * A round that has not begun.
   *
   * @param before a smaller log, checked before, that this one must begin with
   */
  Round(TileSource source, Checkpoint checkpoint, Checkpoint before) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.before = before;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Entries checked so far. */
  long checked() {
    return checked;
  }

  boolean done() {
    return done;
  }

  /** Checks one bundle, one tile or, last of all, the root. */
  void next() throws Suspicion {
    if (!tree.due().isEmpty()) {
      checkTile(tree.due().element());
      tree.due().remove();
    } else if (checked < checkpoint.size()) {
      checkBundle(holding(TilePath.ENTRIES, checked));
    } else {
      checkRoot();
      done = true;
    }
  }

  private void checkBundle(TilePath path) throws Suspicion {
    TilePath below = new TilePath(0, path.index(), path.width());
    List<Hash> hashed = bundle(path).entries().stream().map(TreeHash::leaf).toList();
    List<Hash> leaves = tile(below).hashes();
    for (int i = 0; i < hashed.size(); i++) {
      if (!hashed.get(i).equals(leaves.get(i))) {
        throw differing(path, hashed, leaves, path.firstItem() + i);
      }
    }
    checkContinues(path.firstItem(), hashed);
    if (path.isFull()) {
      tree.take(hashed);
    } else {
      rest = hashed;
    }
    checked += path.width();
    if (checked == checkpoint.size()) {
      tree.finish();
    }
  }

  /** Tells which of bundle and tile is damaged, by what stands above both. */
  private Suspicion differing(TilePath bundle, List<Hash> hashed, List<Hash> leaves, long entry) {
    TilePath below = new TilePath(0, bundle.index(), bundle.width());
    if (fits(bundle, leaves)) {
      return new Suspicion(
          entry,
          bundle
              + " is damaged: entry "
              + entry
              + " in it does not hash to its leaf in "
              + below
              + ", which fits the tree");
    }
    if (fits(bundle, hashed)) {
      return new Suspicion(
          entry,
          below
              + " is damaged: leaf "
              + entry
              + " in it is not the hash of the entry in "
              + bundle
              + ", which fits the tree");
    }
    return new Suspicion(
        entry,
        bundle
            + " or "
            + below
            + " is damaged: entry "
            + entry
            + " does not hash to its leaf, and neither fits the tree");
  }

  private boolean fits(TilePath path, List<Hash> leaves) {
    if (!path.isFull()) {
      return tree.root(leaves).equals(checkpoint.root());
    }
    try {
      TilePath parent = holding(1, path.index());
      Hash expected = tile(parent).hash((int) (path.index() - parent.firstItem()));
      return HashTile.of(leaves).subtree(TilePath.HEIGHT, 0).equals(expected);
    } catch (Suspicion unreadable) {
      return false;
    }
  }

  private void checkContinues(long first, List<Hash> leaves) throws Suspicion {
    long past = before.size() - first;
    if (past >= 0
        && past < leaves.size()
        && !tree.root(leaves.subList(0, (int) past)).equals(before.root())) {
      throw new Suspicion(
          before.size(),
          "the first "
              + before.size()
              + " entries are not those that were checked before: the log was rewritten");
    }
  }

  private void checkTile(Regrown.Tile expected) throws Suspicion {
    TilePath path = expected.path();
    List<Hash> stored = tile(path).hashes();
    for (int i = 0; i < stored.size(); i++) {
      if (!stored.get(i).equals(expected.hashes().get(i))) {
        TilePath child = new TilePath(path.level() - 1, path.firstItem() + i, TilePath.FULL);
        throw new Suspicion(
            firstEntry(path) + ((long) i << (TilePath.HEIGHT * path.level())),
            path + " is damaged: its hash " + i + " is not the one that " + child + " leads to");
      }
    }
  }

  private void checkRoot() throws Suspicion {
    Hash root = tree.root(rest);
    if (!root.equals(checkpoint.root())) {
      throw new Suspicion(
          checkpoint.size(),
          "entries and tiles lead to root "
              + root
              + ", but the checkpoint of size "
              + checkpoint.size()
              + " signs "
              + checkpoint.root());
    }
  }

  private TilePath holding(int level, long item) {
    return TilePath.holding(level, item, checkpoint.size()).orElseThrow();
  }

  private HashTile tile(TilePath path) throws Suspicion {
    try {
      return HashTile.parse(octets(path), path.width());
    } catch (MalformedTile e) {
      throw new Suspicion(firstEntry(path), path + " is damaged: " + e.getMessage());
    }
  }

  private EntryBundle bundle(TilePath path) throws Suspicion {
    try {
      return EntryBundle.parse(octets(path), path.width());
    } catch (MalformedTile e) {
      throw new Suspicion(firstEntry(path), path + " is damaged: " + e.getMessage());
    }
  }

  private Bytes octets(TilePath path) throws Suspicion {
    Optional<Bytes> found;
    try {
      found = source.find(path);
    } catch (IOException | RuntimeException e) {
      throw new Suspicion(firstEntry(path), path + " cannot be read: " + e.getMessage());
    }
    return found.orElseThrow(() -> new Suspicion(firstEntry(path), path + " is missing"));
  }

  private static long firstEntry(TilePath path) {
    return path.firstItem() << (TilePath.HEIGHT * Math.max(path.level(), 0));
  }
}
