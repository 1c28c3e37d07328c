package org.almoner.agent.proof;

import java.io.IOException;
import org.almoner.ledger.tree.ConsistencyProof;

/** Where a consistency proof is found that an answer did not bring along. */
@FunctionalInterface
public interface ConsistencySource {
  /**
   * Hashes that ought to show the tree of {@code first} entries to be a beginning of the one of
   * {@code second}; whoever asks checks them.
   */
  ConsistencyProof between(long first, long second) throws IOException;
}
