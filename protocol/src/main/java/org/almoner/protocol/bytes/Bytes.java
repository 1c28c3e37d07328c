package org.almoner.protocol.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string, compared by content. */
public final class Bytes implements Comparable<Bytes> {
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** Copies {@code octets}. */
  public static Bytes of(byte[] octets) {
    return new Bytes(octets.clone());
  }

  /** The UTF-8 form of {@code text}. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads lowercase hexadecimal.
   *
   * @throws IllegalArgumentException when {@code hex} is not an even number of digits 0-9 a-f
   */
  public static Bytes parseHex(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        throw new IllegalArgumentException("not a lowercase hexadecimal digit at position " + i);
      }
    }
    return new Bytes(HEX.parseHex(hex));
  }

  /** A copy of the octets. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** Number of octets. */
  public int size() {
    return octets.length;
  }

  /** Lowercase hexadecimal, two digits an octet. */
  public String toHex() {
    return HEX.formatHex(octets);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(octets, other.octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
