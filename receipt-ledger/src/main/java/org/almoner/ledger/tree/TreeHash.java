package org.almoner.ledger.tree;

import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The two hash functions of the tree, kept apart by their first octet, and the root they lead to.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1">RFC 6962, section 2.1</a>
 */
public final class TreeHash {
  /** Root of the tree without entries: SHA-256 of nothing. */
  public static final Hash EMPTY_ROOT = Hash.sha256();

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private TreeHash() {}

  /** Hash of one entry: SHA-256(0x00 || entry). */
  public static Hash leaf(Bytes entry) {
    return Hash.sha256(
        digest -> {
          digest.update(LEAF);
          entry.feed(digest);
        });
  }

  /** Hash of two neighbouring subtrees: SHA-256(0x01 || left || right). */
  public static Hash node(Hash left, Hash right) {
    return Hash.sha256(
        digest -> {
          digest.update(NODE);
          left.feed(digest);
          right.feed(digest);
        });
  }

  /**
   * Root over neighbouring perfect subtrees, highest and leftmost first, each smaller than the one
   * before; {@link #EMPTY_ROOT} when there are none.
   */
  public static Hash rootOf(List<Hash> peaks) {
    if (peaks.isEmpty()) {
      return EMPTY_ROOT;
    }
    Hash root = peaks.get(peaks.size() - 1);
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = node(peaks.get(i), root);
    }
    return root;
  }
}
