package org.almoner.protocol.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A SHA-256 digest: 32 octets, written as 64 lowercase hexadecimal digits.
 *
 * @see <a href="https://csrc.nist.gov/pubs/fips/180-4/upd1/final">FIPS 180-4</a>
 */
public final class Hash implements Comparable<Hash> {
  /** Octets in a digest. */
  public static final int SIZE = 32;

  /** Thirty-two zero octets: "nothing came before". */
  public static final Hash ZERO = new Hash(new byte[SIZE]);

  /** Looking up a digest takes longer than hashing two of these; each thread keeps one. */
  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Hash::newDigest);

  private final byte[] octets;

  private Hash(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Copies a digest that was computed elsewhere.
   *
   * @throws IllegalArgumentException when {@code octets} is not 32 long
   */
  public static Hash of(byte[] octets) {
    if (octets.length != SIZE) {
      throw new IllegalArgumentException(
          "a SHA-256 digest has 32 octets; these are " + octets.length);
    }
    return new Hash(octets.clone());
  }

  /** Digest of the concatenation of {@code parts}. */
  public static Hash sha256(byte[]... parts) {
    return sha256(
        digest -> {
          for (byte[] part : parts) {
            digest.update(part);
          }
        });
  }

  /**
   * Digest of what {@code feeding} feeds. It must not keep the digest, nor hash anything else
   * meanwhile.
   */
  public static Hash sha256(Consumer<MessageDigest> feeding) {
    MessageDigest digest = OWN.get();
    digest.reset(); // An earlier feeding may have failed half-way.
    feeding.accept(digest);
    return new Hash(digest.digest());
  }

  /** A fresh SHA-256, for callers that feed it piece by piece. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must offer SHA-256", e);
    }
  }

  /**
   * Reads 64 lowercase hexadecimal digits.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Hash parseHex(String hex) {
    if (hex.length() != 2 * SIZE) {
      throw new IllegalArgumentException(
          "a SHA-256 digest is 64 hexadecimal digits; this has " + hex.length());
    }
    return new Hash(Hex.parse(hex));
  }

  /** A copy of the 32 octets. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** Adds the octets to a running digest without a copy. */
  public void feed(MessageDigest digest) {
    digest.update(octets);
  }

  /** 64 lowercase hexadecimal digits. */
  public String toHex() {
    return Hex.format(octets);
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(octets, other.octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(octets, that.octets);
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
