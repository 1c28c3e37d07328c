package org.almoner.ledger.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of leaf indexes, one bit for each leaf of the regions it touches. */
final class LeafSet {
  private static final int REGION = 1 << 16;

  private final Map<Long, BitSet> regions = new HashMap<>();

  /** Adds a leaf; false when it was there. */
  boolean add(long leaf) {
    BitSet bits = regions.computeIfAbsent(leaf / REGION, region -> new BitSet());
    int bit = (int) (leaf % REGION);
    boolean absent = !bits.get(bit);
    bits.set(bit);
    return absent;
  }

  /** Takes a leaf out; false when it was not there. */
  boolean remove(long leaf) {
    BitSet bits = regions.get(leaf / REGION);
    int bit = (int) (leaf % REGION);
    if (bits == null || !bits.get(bit)) {
      return false;
    }
    bits.clear(bit);
    return true;
  }

  boolean contains(long leaf) {
    BitSet bits = regions.get(leaf / REGION);
    return bits != null && bits.get((int) (leaf % REGION));
  }
}
