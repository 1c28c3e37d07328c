package org.almoner.protocol.identity;

import org.almoner.protocol.bytes.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key: 32 octets, a canonical point of the prime-order group.
 *
 * <p>Low-order, mixed-order and non-canonical encodings are refused at birth, so that verifiers in
 * every language give the same verdict on the same signature.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5">RFC 8032 section 5.1.5</a>
 */
public final class PublicKey {
  /** Octets in a key. */
  public static final int SIZE = 32;

  private final Bytes octets;
  private final Ed25519.PublicPoint point;

  private PublicKey(Bytes octets, Ed25519.PublicPoint point) {
    this.octets = octets;
    this.point = point;
  }

  /**
   * Reads a raw key.
   *
   * @throws IllegalArgumentException when it is not 32 octets or not a sound point
   */
  public static PublicKey of(byte[] raw) {
    if (raw.length != SIZE) {
      throw new IllegalArgumentException(
          "an Ed25519 public key has 32 octets; this has " + raw.length);
    }
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(raw, 0);
    if (point == null) {
      throw new IllegalArgumentException(
          "not a sound Ed25519 public key: low-order or not in canonical form");
    }
    return new PublicKey(Bytes.of(raw), point);
  }

  /** Reads 64 lowercase hexadecimal digits; fails as {@link #of}. */
  public static PublicKey parseHex(String hex) {
    return of(Bytes.parseHex(hex).toArray());
  }

  /** Whether {@code signature} over {@code message} was made by this key's holder. */
  public boolean verifies(byte[] message, Signature signature) {
    return Ed25519.verify(signature.octets().toArray(), 0, point, message, 0, message.length);
  }

  /** A copy of the 32 octets. */
  public byte[] toArray() {
    return octets.toArray();
  }

  /** 64 lowercase hexadecimal digits. */
  public String toHex() {
    return octets.toHex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey that && octets.equals(that.octets);
  }

  @Override
  public int hashCode() {
    return octets.hashCode();
  }

  @Override
  public String toString() {
    return toHex();
  }
}
