package org.almoner.ledger.tree;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * The right edge of a growing tree: the roots of the perfect subtrees that tile it, at most 63.
 *
 * <p>Not safe for use by several threads.
 */
public final class Frontier {
  /** Told of every perfect subtree at the moment its last leaf arrives. */
  @FunctionalInterface
  public interface Completed {
    /**
     * Takes one subtree.
     *
     * @param height 0 for a leaf; a subtree of height h covers 2^h leaves
     */
    void subtree(int height, Hash root);
  }

  private final List<Hash> peaks;
  private long size;

  private Frontier(List<Hash> peaks, long size) {
    this.peaks = peaks;
    this.size = size;
  }

  /** The edge of the tree without entries. */
  public static Frontier empty() {
    return new Frontier(new ArrayList<>(), 0);
  }

  /**
   * The edge of a tree of {@code size} entries.
   *
   * @param peaks roots of its perfect subtrees, highest first: one for each bit set in {@code size}
   * @throws IllegalArgumentException when there are more or fewer
   */
  public static Frontier of(long size, List<Hash> peaks) {
    if (size < 0 || Long.bitCount(size) != peaks.size()) {
      throw new IllegalArgumentException(
          "a tree of size " + size + " is not tiled by " + peaks.size() + " perfect subtrees");
    }
    return new Frontier(new ArrayList<>(peaks), size);
  }

  /** An edge that grows on its own from here. */
  public Frontier copy() {
    return new Frontier(new ArrayList<>(peaks), size);
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** Root over all leaves so far. */
  public Hash root() {
    return TreeHash.rootOf(peaks);
  }

  /** Adds a leaf on the right and tells {@code completed} of each subtree this finishes. */
  public void append(Hash leaf, Completed completed) {
    Hash node = leaf;
    int height = 0;
    completed.subtree(height, node);
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      node = TreeHash.node(peaks.remove(peaks.size() - 1), node);
      height++;
      completed.subtree(height, node);
    }
    peaks.add(node);
    size++;
  }
}
