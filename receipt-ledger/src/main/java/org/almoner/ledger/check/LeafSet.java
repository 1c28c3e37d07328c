package org.almoner.ledger.check;

import java.util.BitSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** A set of leaf indexes, one bit for each leaf of the regions it touches. For one thread. */
public final class LeafSet {
  private static final int REGION = 1 << 16;

  private final TreeMap<Long, BitSet> regions = new TreeMap<>();

  /** Adds a leaf; false when it was there. */
  public boolean add(long leaf) {
    BitSet bits = regions.computeIfAbsent(leaf / REGION, region -> new BitSet());
    int bit = (int) (leaf % REGION);
    boolean absent = !bits.get(bit);
    bits.set(bit);
    return absent;
  }

  /** Takes a leaf out; false when it was not there. */
  public boolean remove(long leaf) {
    BitSet bits = regions.get(leaf / REGION);
    int bit = (int) (leaf % REGION);
    if (bits == null || !bits.get(bit)) {
      return false;
    }
    bits.clear(bit);
    return true;
  }

  /** Whether the leaf is in it. */
  public boolean contains(long leaf) {
    BitSet bits = regions.get(leaf / REGION);
    return bits != null && bits.get((int) (leaf % REGION));
  }

  /** Shows each leaf in it from {@code from} to the one before {@code to}, in ascending order. */
  public void each(long from, long to, LongConsumer visitor) {
    for (Map.Entry<Long, BitSet> region :
        regions.subMap(from / REGION, true, Math.max(from, to) / REGION, true).entrySet()) {
      long base = region.getKey() * REGION;
      int first = (int) Math.max(0, from - base);
      long behind = Math.min(REGION, to - base);
      for (int bit = region.getValue().nextSetBit(first);
          bit >= 0 && bit < behind;
          bit = region.getValue().nextSetBit(bit + 1)) {
        visitor.accept(base + bit);
      }
    }
  }

  /** The first leaf in it that is not before {@code from}. */
  public OptionalLong next(long from) {
    for (Map.Entry<Long, BitSet> region : regions.tailMap(from / REGION, true).entrySet()) {
      long base = region.getKey() * REGION;
      int bit = region.getValue().nextSetBit((int) Math.max(0, from - base));
      if (bit >= 0) {
        return OptionalLong.of(base + bit);
      }
    }
    return OptionalLong.empty();
  }

  /** How many leaves are in it. */
  public long size() {
    return regions.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  /**
   * The leaf before which exactly {@code rank} others are in it.
   *
   * @throws IndexOutOfBoundsException when there are not so many
   */
  public long nth(long rank) {
    long left = rank;
    for (Map.Entry<Long, BitSet> region : regions.entrySet()) {
      BitSet bits = region.getValue();
      if (left < bits.cardinality()) {
        int bit = bits.nextSetBit(0);
        for (long passed = 0; passed < left; passed++) {
          bit = bits.nextSetBit(bit + 1);
        }
        return region.getKey() * REGION + bit;
      }
      left -= bits.cardinality();
    }
    throw new IndexOutOfBoundsException(
        "there is no leaf of rank " + rank + " in a set of " + size());
  }
}
