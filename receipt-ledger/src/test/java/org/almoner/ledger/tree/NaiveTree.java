package org.almoner.ledger.tree;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** The recursive definitions of RFC 6962, section 2.1, word for word and slow. */
public final class NaiveTree {
  private NaiveTree() {}

  public static List<Bytes> entries(int count) {
    List<Bytes> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(Bytes.utf8("entry " + i));
    }
    return entries;
  }

  public static Hash leaf(Bytes entry) {
    return Hash.sha256(new byte[] {0}, entry.toArray());
  }

  private static Hash node(Hash left, Hash right) {
    return Hash.sha256(new byte[] {1}, left.toArray(), right.toArray());
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  public static Hash root(List<Bytes> d) {
    if (d.isEmpty()) {
      return Hash.sha256();
    }
    if (d.size() == 1) {
      return leaf(d.get(0));
    }
    int k = split(d.size());
    return node(root(d.subList(0, k)), root(d.subList(k, d.size())));
  }

  public static List<Hash> path(int m, List<Bytes> d) {
    List<Hash> path = new ArrayList<>();
    if (d.size() > 1) {
      int k = split(d.size());
      List<Bytes> left = d.subList(0, k);
      List<Bytes> right = d.subList(k, d.size());
      path.addAll(m < k ? path(m, left) : path(m - k, right));
      path.add(m < k ? root(right) : root(left));
    }
    return path;
  }

  public static List<Hash> consistency(int m, List<Bytes> d) {
    return m == 0 ? List.of() : subproof(m, d, true);
  }

  private static List<Hash> subproof(int m, List<Bytes> d, boolean whole) {
    if (m == d.size()) {
      return whole ? List.of() : List.of(root(d));
    }
    int k = split(d.size());
    List<Bytes> left = d.subList(0, k);
    List<Bytes> right = d.subList(k, d.size());
    List<Hash> proof = new ArrayList<>();
    proof.addAll(m <= k ? subproof(m, left, whole) : subproof(m - k, right, false));
    proof.add(m <= k ? root(right) : root(left));
    return proof;
  }

  public static Subtrees subtrees(List<Bytes> d) {
    return (height, index) -> {
      int begin = Math.toIntExact(index << height);
      return root(d.subList(begin, begin + (1 << height)));
    };
  }
}
