package org.almoner.ledger.check;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The check of a whole log by anyone: every entry hashes to its leaf, every leaf and tile leads to
 * the signed root, and entries keep the rules that show in clear.
 *
 * <p>Reads the log once from its first entry to its last; needs memory for some bits of each leaf.
 */
public final class LogCheck {
  /** After this many findings the check ends. */
  public static final int FINDINGS_MAX = 1_000;

  private final TileSource source;
  private final Checkpoint checkpoint;
  private final Findings findings = new Findings();
  private final TreeCheck tree;
  private final EntryRules rules;

  private final EntryWatcher watcher;

  private LogCheck(TileSource source, Checkpoint checkpoint, EntryWatcher watcher) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.watcher = watcher;
    this.tree = new TreeCheck(source, findings);
    this.rules = new EntryRules(checkpoint.origin(), findings);
  }

  /**
   * Checks the log below {@code checkpoint}.
   *
   * @return what is wrong, in the order of the log; empty when all is well
   * @throws IOException when the source cannot be read, which says nothing about the log
   */
  public static List<Finding> run(TileSource source, SignedCheckpoint checkpoint)
      throws IOException {
    return run(source, checkpoint, (index, entry) -> {}).findings();
  }

  /** As the other {@code run}, and tells {@code watcher} each entry that could be read. */
  public static CheckedLog run(TileSource source, SignedCheckpoint checkpoint, EntryWatcher watcher)
      throws IOException {
    LogCheck check = new LogCheck(source, checkpoint.checkpoint(), watcher);
    if (check.entries()) {
      check.rules.end();
      check.rules.signed(checkpoint);
      check.tree.finish(check.checkpoint.root());
    }
    return new CheckedLog(
        check.findings.list(),
        check.rules.usageLines(),
        check.rules.settledLines(),
        check.rules.draws(),
        check.rules.succeeds());
  }

  /** Checks all entries; false when it could not come to the end. */
  private boolean entries() throws IOException {
    for (long at = 0; at < checkpoint.size(); ) {
      if (findings.full()) {
        return false;
      }
      TilePath path = TilePath.holding(TilePath.ENTRIES, at, checkpoint.size()).orElseThrow();
      Optional<List<Hash>> leaves = leaves(path);
      Optional<List<Bytes>> bundle = bundle(path);
      if (leaves.isEmpty() && bundle.isEmpty()) {
        findings.add(at, "without tile and bundle the check cannot go on");
        return false;
      }
      bundle.ifPresent(entries -> entries(path, entries, leaves));
      List<Hash> hashes =
          leaves.orElseGet(() -> bundle.orElseThrow().stream().map(TreeHash::leaf).toList());
      for (Hash leaf : hashes) {
        tree.take(leaf);
      }
      at += path.width();
    }
    return true;
  }

  private void entries(TilePath path, List<Bytes> entries, Optional<List<Hash>> leaves) {
    for (int i = 0; i < entries.size(); i++) {
      long index = path.firstItem() + i;
      Bytes entry = entries.get(i);
      if (leaves.isPresent() && !TreeHash.leaf(entry).equals(leaves.get().get(i))) {
        findings.add(
            index,
            "the entry in "
                + path
                + " does not hash to its leaf in "
                + new TilePath(0, path.index(), path.width()));
      }
      rules.take(index, entry);
      watcher.entry(index, entry);
    }
  }

  private Optional<List<Hash>> leaves(TilePath bundle) throws IOException {
    TilePath path = new TilePath(0, bundle.index(), bundle.width());
    Optional<Bytes> octets = found(path);
    try {
      return octets.isEmpty()
          ? Optional.empty()
          : Optional.of(HashTile.parse(octets.get(), path.width()).hashes());
    } catch (MalformedTile e) {
      findings.add(path.firstItem(), path + " is damaged: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<List<Bytes>> bundle(TilePath path) throws IOException {
    Optional<Bytes> octets = found(path);
    try {
      return octets.isEmpty()
          ? Optional.empty()
          : Optional.of(EntryBundle.parse(octets.get(), path.width()).entries());
    } catch (MalformedTile e) {
      findings.add(path.firstItem(), path + " is damaged: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Bytes> found(TilePath path) throws IOException {
    Optional<Bytes> octets = source.find(path);
    if (octets.isEmpty()) {
      findings.add(path.firstItem(), path + " is missing");
    }
    return octets;
  }
}
