package org.almoner.ledger.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/** Where the roots of perfect subtrees are looked up while a proof is built. */
@FunctionalInterface
public interface Subtrees {
  /**
   * Root of the subtree over the leaves {@code index * 2^height} to {@code (index + 1) * 2^height},
   * the last one excluded.
   *
   * @throws IOException when it cannot be read
   */
  Hash root(int height, long index) throws IOException;

  /**
   * Root over the leaves from {@code begin} to {@code end}, the last one excluded, where {@code
   * begin} is a multiple of the largest power of two not above {@code end - begin}.
   */
  default Hash range(long begin, long end) throws IOException {
    List<Hash> peaks = new ArrayList<>();
    long at = begin;
    while (at < end) {
      int height = 63 - Long.numberOfLeadingZeros(end - at);
      peaks.add(root(height, at >> height));
      at += 1L << height;
    }
    return TreeHash.rootOf(peaks);
  }
}
