package org.almoner.ledger.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * Evidence that one tree is a beginning of another: nothing before was changed or removed.
 *
 * @param hashes the nodes in the order of RFC 9162, at most {@value #HASHES_MAX}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1.4">RFC 9162, section
 *     2.1.4</a>
 */
public record ConsistencyProof(List<Hash> hashes) {
  /** Longest proof, the limit of tlog-witness. */
  public static final int HASHES_MAX = 63;

  /** Copies the hashes and refuses more than {@value #HASHES_MAX}. */
  public ConsistencyProof {
    hashes = List.copyOf(hashes);
    if (hashes.size() > HASHES_MAX) {
      throw new IllegalArgumentException(
          "a consistency proof has at most " + HASHES_MAX + " hashes; this has " + hashes.size());
    }
  }

  /**
   * Builds the proof from the tree of {@code first} entries to the one of {@code second}.
   *
   * @throws IOException when a subtree cannot be read
   */
  public static ConsistencyProof build(long first, long second, Subtrees subtrees)
      throws IOException {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("size " + first + " does not come before " + second);
    }
    List<Hash> fromRoot = new ArrayList<>();
    long begin = 0;
    long end = second;
    if (first > 0) {
      while (end > first) {
        long split = begin + Long.highestOneBit(end - begin - 1);
        if (first <= split) {
          fromRoot.add(subtrees.range(split, end));
          end = split;
        } else {
          fromRoot.add(subtrees.range(begin, split));
          begin = split;
        }
      }
      if (begin > 0) {
        fromRoot.add(subtrees.range(begin, end));
      }
    }
    Collections.reverse(fromRoot);
    return new ConsistencyProof(fromRoot);
  }

  /**
   * Checks the proof by the steps of RFC 9162, section 2.1.4.2.
   *
   * <p>Two cases lie outside those steps: equal sizes need equal roots and no hashes, and the empty
   * tree comes before every tree, again with no hashes, as the witness protocol has it.
   *
   * @throws ProofRejected when the proof does not show the first tree to be a beginning of the
   *     second
   */
  public void verify(long first, Hash firstRoot, long second, Hash secondRoot)
      throws ProofRejected {
    if (first < 0 || first > second) {
      throw new ProofRejected("size " + first + " does not come before size " + second);
    }
    if (first == 0 && !firstRoot.equals(TreeHash.EMPTY_ROOT)) {
      throw new ProofRejected("the root of the empty tree is not " + firstRoot);
    }
    if (first == second && !firstRoot.equals(secondRoot)) {
      throw new ProofRejected(
          "two roots for size " + first + ": " + firstRoot + " and " + secondRoot);
    }
    if (first == 0 || first == second) {
      if (!hashes.isEmpty()) {
        throw new ProofRejected("sizes " + first + " and " + second + " take no hashes");
      }
      return;
    }
    walk(first, firstRoot, second, secondRoot);
  }

  private void walk(long first, Hash firstRoot, long second, Hash secondRoot) throws ProofRejected {
    // Step 1.
    if (hashes.isEmpty()) {
      throw new ProofRejected("the consistency proof is empty");
    }
    // Step 2.
    boolean power = Long.bitCount(first) == 1;
    List<Hash> path = power ? prepended(firstRoot) : hashes;
    // Step 3.
    long fn = first - 1;
    long sn = second - 1;
    // Step 4.
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    // Step 5.
    Hash fr = path.get(0);
    Hash sr = path.get(0);
    // Step 6.
    for (Hash c : path.subList(1, path.size())) {
      // Step 6a.
      if (sn == 0) {
        throw new ProofRejected("the consistency proof is too long for size " + second);
      }
      // Step 6b.
      if ((fn & 1) == 1 || fn == sn) {
        fr = TreeHash.node(c, fr);
        sr = TreeHash.node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = TreeHash.node(sr, c);
      }
      // Step 6c.
      fn >>= 1;
      sn >>= 1;
    }
    // Step 7.
    if (sn != 0) {
      throw new ProofRejected("the consistency proof is too short for size " + second);
    }
    if (!fr.equals(firstRoot)) {
      throw new ProofRejected("the proof leads to first root " + fr + ", not to " + firstRoot);
    }
    if (!sr.equals(secondRoot)) {
      throw new ProofRejected("the proof leads to second root " + sr + ", not to " + secondRoot);
    }
  }

  private List<Hash> prepended(Hash firstRoot) {
    List<Hash> path = new ArrayList<>(hashes.size() + 1);
    path.add(firstRoot);
    path.addAll(hashes);
    return path;
  }
}
