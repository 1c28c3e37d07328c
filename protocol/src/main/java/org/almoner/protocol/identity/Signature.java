package org.almoner.protocol.identity;

import org.almoner.protocol.bytes.Bytes;

/**
 * An Ed25519 signature: 64 octets, never used as a key to anything, since many verify.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.6">RFC 8032 section 5.1.6</a>
 */
public record Signature(Bytes octets) {
  /** Octets in a signature. */
  public static final int SIZE = 64;

  /** Refuses any other length: some verifiers accept a longer one. */
  public Signature {
    if (octets.size() != SIZE) {
      throw new IllegalArgumentException(
          "an Ed25519 signature has 64 octets; this has " + octets.size());
    }
  }

  /** Reads 128 lowercase hexadecimal digits. */
  public static Signature parseHex(String hex) {
    return new Signature(Bytes.parseHex(hex));
  }

  /** Copies 64 octets. */
  public static Signature of(byte[] octets) {
    return new Signature(Bytes.of(octets));
  }

  /** 128 lowercase hexadecimal digits. */
  public String toHex() {
    return octets.toHex();
  }
}
