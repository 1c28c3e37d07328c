package org.almoner.tax.seal;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * How a seal's key signs: ECDSA on P-256, or RSA of {@value #RSA_BITS_MIN} bits and more with the
 * padding of PKCS #1 version 1.5, both with SHA-256.
 *
 * <p>Either gives one signature only that is accepted of each key and message; that of RSA has no
 * second form to begin with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#section-8.2">RFC 8017, section 8.2</a>
 */
public enum SealAlgorithm {
  /** ECDSA, as {@link Ecdsa} has it. */
  P256("P-256") {
    @Override
    AlgorithmIdentifier identifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
      return Ecdsa.sign(key, message);
    }

    @Override
    boolean verifies(PublicKey key, byte[] message, byte[] signature)
        throws GeneralSecurityException {
      return Ecdsa.verifies(key, message, signature);
    }
  },
  /** RSASSA-PKCS1-v1_5. */
  RSA("RSA") {
    @Override
    AlgorithmIdentifier identifier() {
      return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    }

    @Override
    byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
      Signature signature = Signature.getInstance(SHA256_WITH_RSA);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    }

    @Override
    boolean verifies(PublicKey key, byte[] message, byte[] octets) throws GeneralSecurityException {
      Signature signature = Signature.getInstance(SHA256_WITH_RSA);
      signature.initVerify(key);
      signature.update(message);
      try {
        return signature.verify(octets);
      } catch (SignatureException e) {
        return false;
      }
    }
  };

  /** Shortest RSA key, in bits. */
  static final int RSA_BITS_MIN = 3072;

  /** Longest RSA key, in bits; a signature of more would not fit. */
  static final int RSA_BITS_MAX = 8192;

  private static final String SHA256_WITH_RSA = "SHA256withRSA";

  private final String title;

  SealAlgorithm(String title) {
    this.title = title;
  }

  /** The way of a key; empty for one that must not seal. */
  static Optional<SealAlgorithm> of(PublicKey key) {
    if (Ecdsa.onCurve(key)) {
      return Optional.of(P256);
    }
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX ? Optional.of(RSA) : Optional.empty();
    }
    return Optional.empty();
  }

  /** A new key, of RSA one of {@value #RSA_BITS_MIN} bits. */
  KeyPair generate(SecureRandom random) throws GeneralSecurityException {
    if (this == RSA) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS_MIN, random);
      return generator.generateKeyPair();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** What a CMS signer says of its signature. */
  abstract AlgorithmIdentifier identifier();

  abstract byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException;

  abstract boolean verifies(PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException;
}
