package org.almoner.protocol.identity;

import java.security.SecureRandom;
import org.almoner.protocol.bytes.Bytes;

/**
 * A donor's pseudonym: 16 random octets that say nothing about a person.
 *
 * @param octets 16 octets, written as 32 lowercase hexadecimal digits
 */
public record DonorId(Bytes octets) implements Comparable<DonorId> {
  /** Octets in a pseudonym. */
  public static final int SIZE = 16;

  /** Refuses any other length. */
  public DonorId {
    if (octets.size() != SIZE) {
      throw new IllegalArgumentException(
          "a donor's pseudonym is 32 hexadecimal digits; this has " + 2 * octets.size());
    }
  }

  /** Draws a new pseudonym. */
  public static DonorId draw(SecureRandom random) {
    byte[] drawn = new byte[SIZE];
    random.nextBytes(drawn);
    return new DonorId(Bytes.of(drawn));
  }

  /** Reads 32 lowercase hexadecimal digits. */
  public static DonorId parseHex(String hex) {
    return new DonorId(Bytes.parseHex(hex));
  }

  /** 32 lowercase hexadecimal digits. */
  public String toHex() {
    return octets.toHex();
  }

  @Override
  public int compareTo(DonorId other) {
    return octets.compareTo(other.octets);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
