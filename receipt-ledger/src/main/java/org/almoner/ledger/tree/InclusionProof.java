package org.almoner.ledger.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * Evidence that a leaf stands at an index of a tree: the hashes beside its path to the root.
 *
 * @param hashes from the leaf's sibling up to the child of the root, at most {@value #HASHES_MAX}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1.3">RFC 9162, section
 *     2.1.3</a>
 */
public record InclusionProof(List<Hash> hashes) {
  /** Longest proof: a tree holds at most 2^63 - 1 entries. */
  public static final int HASHES_MAX = 63;

  /** Copies the hashes and refuses more than {@value #HASHES_MAX}. */
  public InclusionProof {
    hashes = List.copyOf(hashes);
    if (hashes.size() > HASHES_MAX) {
      throw new IllegalArgumentException(
          "an inclusion proof has at most " + HASHES_MAX + " hashes; this has " + hashes.size());
    }
  }

  /**
   * Builds the proof for leaf {@code index} in the tree of {@code size} entries.
   *
   * @throws IOException when a subtree cannot be read
   */
  public static InclusionProof build(long index, long size, Subtrees subtrees) throws IOException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("there is no leaf " + index + " among " + size);
    }
    List<Hash> fromRoot = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long split = begin + Long.highestOneBit(end - begin - 1);
      if (index < split) {
        fromRoot.add(subtrees.range(split, end));
        end = split;
      } else {
        fromRoot.add(subtrees.range(begin, split));
        begin = split;
      }
    }
    Collections.reverse(fromRoot);
    return new InclusionProof(fromRoot);
  }

  /**
   * Checks the proof by the steps of RFC 9162, section 2.1.3.2.
   *
   * @param index place of the leaf, from 0
   * @param size number of entries under {@code root}
   * @throws ProofRejected when the proof does not lead from {@code leaf} at {@code index} to {@code
   *     root}
   */
  public void verify(long index, long size, Hash leaf, Hash root) throws ProofRejected {
    // Step 1.
    if (index < 0 || size < 0 || index >= size) {
      throw new ProofRejected("leaf index " + index + " lies outside a tree of size " + size);
    }
    // Step 2.
    long fn = index;
    long sn = size - 1;
    // Step 3.
    Hash r = leaf;
    // Step 4.
    for (Hash p : hashes) {
      // Step 4a.
      if (sn == 0) {
        throw new ProofRejected("the inclusion proof is too long for a tree of size " + size);
      }
      // Step 4b.
      if ((fn & 1) == 1 || fn == sn) {
        r = TreeHash.node(p, r);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = TreeHash.node(r, p);
      }
      // Step 4c.
      fn >>= 1;
      sn >>= 1;
    }
    // Step 5.
    if (sn != 0) {
      throw new ProofRejected("the inclusion proof is too short for a tree of size " + size);
    }
    if (!r.equals(root)) {
      throw new ProofRejected("the inclusion proof leads to root " + r + ", not to " + root);
    }
  }
}
