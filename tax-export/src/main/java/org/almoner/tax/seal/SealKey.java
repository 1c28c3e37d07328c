package org.almoner.tax.seal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.almoner.protocol.bytes.Hash;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The key a charity seals its documents with: P-256, with a certificate the charity issued to
 * itself.
 *
 * <p>Nobody but the charity vouches for the certificate; its {@link #fingerprint} is what the
 * charity publishes and what a reader's trust file lists. It lives in a PKCS#12 file that only its
 * owner can read.
 */
public final class SealKey {
  /** How long a new certificate is valid. */
  public static final Duration VALIDITY = Duration.ofDays(20 * 365);

  /** Largest key file read, in octets. */
  public static final int FILE_BYTES_MAX = 65_536;

  private static final String ALIAS = "seal";

  /**
   * PKCS#12 asks for a password. This one keeps nothing secret: the file's mode does, and a secret
   * stored beside the file would add nothing to it.
   */
  private static final char[] PASSWORD = "almoner".toCharArray();

  private final PrivateKey privateKey;
  private final X509Certificate certificate;

  private SealKey(PrivateKey privateKey, X509Certificate certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
  }

  /**
   * Reads the key in {@code path}, or makes one there when the file does not exist.
   *
   * @param charityName name in a new certificate
   * @param clock when a new certificate begins to be valid
   * @param random source of a new key
   * @throws IOException in one sentence when the file cannot be used, others may read it, or it
   *     cannot be written
   */
  public static SealKey openOrCreate(
      Path path, String charityName, InstantSource clock, SecureRandom random) throws IOException {
    try {
      return open(path);
    } catch (NoSuchFileException e) {
      SealKey key = create(charityName, clock, random);
      try {
        SecretFile.write(path, key.pkcs12());
      } catch (FileAlreadyExistsException another) {
        return open(path);
      }
      return key;
    }
  }

  /**
   * Reads the key in {@code path}.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when it is not a key file of ours or others may read it
   */
  public static SealKey open(Path path) throws IOException {
    byte[] octets = SecretFile.read(path, FILE_BYTES_MAX);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), PASSWORD);
      if (store.getKey(ALIAS, PASSWORD) instanceof ECPrivateKey key
          && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
        return new SealKey(key, certificate).tried(path);
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException(
          path + " is no seal key that can be read: " + e.getMessage() + "; restore it from a copy",
          e);
    }
    throw new IOException(
        path + " holds no P-256 key named \"" + ALIAS + "\"; restore it from a copy");
  }

  /**
   * Puts a new key in the place of the one in {@code path}. The old one is kept beside it, named by
   * its fingerprint and read-only. May be repeated after a crash.
   *
   * @return the new key
   * @throws IOException in one sentence when the old one cannot be used, or a file not be written
   */
  public static SealKey rotate(
      Path path, String charityName, InstantSource clock, SecureRandom random) throws IOException {
    SealKey key = create(charityName, clock, random);
    if (!Files.exists(path)) {
      SecretFile.write(path, key.pkcs12()); // it was lost
      return key;
    }
    Path old = former(path, open(path).fingerprint());
    if (!Files.exists(old)) {
      Files.createLink(old, path);
    }
    SecretFile.replace(path, key.pkcs12());
    SecretFile.readOnly(old);
    return key;
  }

  /** Where a key that was replaced in {@code path} is kept. */
  public static Path former(Path path, Hash fingerprint) {
    return path.resolveSibling("seal." + fingerprint.toHex() + ".p12");
  }

  /** Since when the certificate is valid. */
  public Instant since() {
    return certificate.getNotBefore().toInstant();
  }

  /** Refuses a key whose certificate is another's. */
  private SealKey tried(Path path) throws IOException, GeneralSecurityException {
    byte[] probe = "almoner/seal-key-probe".getBytes(StandardCharsets.US_ASCII);
    if (!Ecdsa.verifies(certificate.getPublicKey(), probe, Ecdsa.sign(privateKey, probe))) {
      throw new IOException(path + " holds a certificate of another key; restore it from a copy");
    }
    return this;
  }

  private static SealKey create(String charityName, InstantSource clock, SecureRandom random)
      throws IOException {
    try {
      SelfSigned made =
          SelfSigned.make(
              charityName, clock.instant(), VALIDITY, new BigInteger(127, random), random);
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(made.pkcs8()));
      return new SealKey(key, certificate(made.certificate()));
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java platform cannot make a P-256 key: " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(X509CertificateHolder holder)
      throws CertificateException, IOException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
  }

  private byte[] pkcs12() throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setKeyEntry(ALIAS, privateKey, PASSWORD, new Certificate[] {certificate});
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, PASSWORD);
      return out.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java platform cannot write PKCS#12: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the certificate: the key's name in a trust file. */
  public Hash fingerprint() {
    return Hash.sha256(certificateDer());
  }

  /** The certificate as DER. */
  public byte[] certificateDer() {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was parsed must encode", e);
    }
  }

  /** An ECDSA signature with SHA-256 over {@code message}, DER, with the lower of its two s. */
  byte[] sign(byte[] message) {
    try {
      return Ecdsa.sign(privateKey, message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that signed once must sign again", e);
    }
  }

  @Override
  public String toString() {
    return "seal key " + fingerprint();
  }
}
