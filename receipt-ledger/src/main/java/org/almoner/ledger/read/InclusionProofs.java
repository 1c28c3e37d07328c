package org.almoner.ledger.read;

import java.io.IOException;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.Subtrees;

/**
 * Proofs in one tree, which share what stands beside their paths. For one thread; it grows with the
 * proofs asked of it.
 */
public final class InclusionProofs {
  private final long size;
  private final Subtrees shared;

  InclusionProofs(long size, Subtrees shared) {
    this.size = size;
    this.shared = shared;
  }

  /**
   * Proof that leaf {@code index} is in the tree.
   *
   * @throws TileUnreadable when the log lacks a tile it must have
   */
  public InclusionProof of(long index) throws IOException {
    return InclusionProof.build(index, size, shared);
  }
}
