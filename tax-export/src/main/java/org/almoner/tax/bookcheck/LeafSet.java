package org.almoner.tax.bookcheck;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Indices of entries, a bit each in blocks that are made when they are needed. */
final class LeafSet {
  /** Entries of one block. */
  private static final int BLOCK = 1 << 15;

  private final Map<Long, BitSet> blocks = new HashMap<>();

  /** Adds an index, from 0; false when it was there before. */
  boolean add(long leaf) {
    BitSet block = blocks.computeIfAbsent(leaf / BLOCK, number -> new BitSet());
    int place = (int) (leaf % BLOCK);
    boolean fresh = !block.get(place);
    block.set(place);
    return fresh;
  }
}
