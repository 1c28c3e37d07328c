package org.almoner.protocol.identity;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The secret half of an Ed25519 key pair, from its 32-octet seed.
 *
 * <p>Never printed: {@link #toString} shows the public half.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5">RFC 8032 section 5.1.5</a>
 */
public final class SigningKey {
  /** Octets in a seed. */
  public static final int SEED_SIZE = 32;

  private final byte[] seed;
  private final PublicKey publicKey;

  private SigningKey(byte[] seed, PublicKey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /**
   * Derives the pair from a seed.
   *
   * @throws IllegalArgumentException when the seed is not 32 octets
   */
  public static SigningKey of(byte[] seed) {
    if (seed.length != SEED_SIZE) {
      throw new IllegalArgumentException("an Ed25519 seed has 32 octets; this has " + seed.length);
    }
    byte[] raw = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, raw, 0);
    return new SigningKey(seed.clone(), PublicKey.of(raw));
  }

  /** A fresh pair. */
  public static SigningKey generate(SecureRandom random) {
    byte[] seed = new byte[SEED_SIZE];
    random.nextBytes(seed);
    return of(seed);
  }

  /** The half that may be shown. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** Signs {@code message}; the same message always gives the same signature. */
  public Signature sign(byte[] message) {
    byte[] out = new byte[Signature.SIZE];
    Ed25519.sign(seed, 0, publicKey.toArray(), 0, message, 0, message.length, out, 0);
    return Signature.of(out);
  }

  /** A copy of the seed, for the one file that keeps it. */
  public byte[] seed() {
    return seed.clone();
  }

  @Override
  public String toString() {
    return "signing key of " + publicKey;
  }
}
