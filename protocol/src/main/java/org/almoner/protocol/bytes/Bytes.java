package org.almoner.protocol.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** An immutable byte string, compared by content. */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** Copies {@code octets}. */
  public static Bytes of(byte[] octets) {
    return new Bytes(octets.clone());
  }

  /** Copies {@code octets} from {@code from} on, up to {@code to}. */
  public static Bytes of(byte[] octets, int from, int to) {
    return new Bytes(Arrays.copyOfRange(octets, from, to));
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
    return new Bytes(Hex.parse(hex));
  }

  /**
   * Reads standard base64 in its one canonical form.
   *
   * @throws IllegalArgumentException when it is not base64, or not what {@link #toBase64} writes
   */
  public static Bytes parseBase64(String text) {
    return new Bytes(Base64Text.parse(text));
  }

  /** A copy of the octets. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** Adds the octets to a running digest without a copy. */
  public void feed(MessageDigest digest) {
    digest.update(octets);
  }

  /** Puts the octets into a buffer that has room for them, without another copy. */
  public void putInto(ByteBuffer buffer) {
    buffer.put(octets);
  }

  /** Whether these begin with all of {@code beginning}. */
  public boolean startsWith(Bytes beginning) {
    int size = beginning.octets.length;
    return size <= octets.length && Arrays.equals(octets, 0, size, beginning.octets, 0, size);
  }

  /** Number of octets. */
  public int size() {
    return octets.length;
  }

  /** Lowercase hexadecimal, two digits an octet. */
  public String toHex() {
    return Hex.format(octets);
  }

  /** Standard base64, padded. */
  public String toBase64() {
    return Base64Text.format(octets);
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
