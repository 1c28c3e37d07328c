package org.almoner.protocol.lease;

import org.almoner.protocol.bytes.Bytes;

/**
 * Names a batch of units at one coordinator.
 *
 * @param octets 8 octets, written as 16 lowercase hexadecimal digits
 */
public record BatchId(Bytes octets) implements Comparable<BatchId> {
  /** Octets in the name. */
  public static final int SIZE = 8;

  /** Refuses any other length. */
  public BatchId {
    if (octets.size() != SIZE) {
      throw new IllegalArgumentException(
          "a batch id is 16 hexadecimal digits; this has " + 2 * octets.size());
    }
  }

  /** Reads 16 lowercase hexadecimal digits. */
  public static BatchId parseHex(String hex) {
    return new BatchId(Bytes.parseHex(hex));
  }

  /** 16 lowercase hexadecimal digits. */
  public String toHex() {
    return octets.toHex();
  }

  @Override
  public int compareTo(BatchId other) {
    return octets.compareTo(other.octets);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
