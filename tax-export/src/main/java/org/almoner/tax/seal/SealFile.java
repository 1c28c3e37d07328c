package org.almoner.tax.seal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/** A PKCS#12 file with a charity's seal, which only its owner can read. */
public final class SealFile {
  /** Largest file read, in octets. */
  public static final int BYTES_MAX = 65_536;

  private static final String ALIAS = "seal";

  /**
   * PKCS#12 asks for a password. This one keeps nothing secret: the file's mode does, and a secret
   * stored beside the file would add nothing to it.
   */
  private static final char[] NO_PASSWORD = "almoner".toCharArray();

  private static final String PKCS12 = "PKCS12";

  private final Path path;
  private final char[] password;

  /** A file that Almoner makes itself. */
  public SealFile(Path path) {
    this(path, NO_PASSWORD);
  }

  /** A file that may have been made by another program. */
  public SealFile(Path path, char[] password) {
    this.path = path;
    this.password = password.clone();
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Reads the key, or makes one when the file does not exist.
   *
   * @param charityName name in a new certificate
   * @param clock when a new certificate begins to be valid
   * @param random source of a new key
   * @throws IOException in one sentence when the file cannot be used, others may read it, or it
   *     cannot be written
   */
  public SealKey openOrCreate(String charityName, InstantSource clock, SecureRandom random)
      throws IOException {
    try {
      return open();
    } catch (NoSuchFileException e) {
      SealKey key = create(SealAlgorithm.P256, charityName, clock, random);
      try {
        SecretFile.write(path, pkcs12(key));
      } catch (FileAlreadyExistsException another) {
        return open();
      }
      return key;
    }
  }

  /**
   * Reads the key.
   *
   * @throws NoSuchFileException naming it when there is no file
   * @throws IOException when it holds no key that can seal or others may read it
   */
  public SealKey open() throws IOException {
    byte[] octets = SecretFile.read(path, BYTES_MAX);
    try {
      KeyStore store = KeyStore.getInstance(PKCS12);
      store.load(new ByteArrayInputStream(octets), password);
      String alias = alias(store);
      if (store.getKey(alias, password) instanceof PrivateKey key) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(alias)) {
          chain.add((X509Certificate) certificate);
        }
        return SealKey.of(key, chain, path.toString());
      }
      throw new IOException(path + " holds no private key; restore it from a copy");
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    } catch (IOException e) {
      // The platform says of a wrong password only that it is an accident of reading.
      throw String.valueOf(e.getMessage()).startsWith(path.toString()) ? e : unreadable(e);
    }
  }

  private IOException unreadable(Exception e) {
    boolean ours = Arrays.equals(password, NO_PASSWORD);
    return new IOException(
        path
            + " is no seal key that can be read: "
            + e.getMessage()
            + (ours
                ? "; restore it from a copy"
                : "; give the PKCS#12 file and its password, or restore it from a copy"),
        e);
  }

  /** Ours when it is there; of another's file the only key. */
  private String alias(KeyStore store) throws GeneralSecurityException, IOException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.contains(ALIAS)) {
      return ALIAS;
    }
    if (keys.size() != 1) {
      throw new IOException(
          path + " holds " + keys.size() + " private keys; expected one, or one named \"seal\"");
    }
    return keys.get(0);
  }

  /**
   * Puts a new key, with a certificate the charity issues to itself, in the place of the old one.
   * The old one is kept beside it, named by its fingerprint and read-only. May be repeated after a
   * crash.
   *
   * @return the new key
   * @throws IOException in one sentence when the old one cannot be used, or a file not be written
   */
  public SealKey rotate(
      SealAlgorithm algorithm, String charityName, InstantSource clock, SecureRandom random)
      throws IOException {
    SealKey key = create(algorithm, charityName, clock, random);
    if (!Files.exists(path)) {
      SecretFile.write(path, pkcs12(key)); // it was lost
      return key;
    }
    put(open().fingerprint(), key);
    return key;
  }

  /**
   * Gives the key the certificate that an authority issued for it. The file with the old
   * certificate is kept beside it, as {@link #rotate} does.
   *
   * @param pem the certificate and those that lead to the authority, in PEM
   * @return the key with its new certificate
   * @throws IOException in one sentence when it is no certificate of this key, is not valid now, or
   *     the chain does not fit
   */
  public SealKey install(byte[] pem, String file, InstantSource clock) throws IOException {
    SealKey old = open();
    List<X509Certificate> chain = CertificatePem.parse(pem, file);
    if (!chain.get(0).getPublicKey().equals(old.chain().get(0).getPublicKey())) {
      throw new IOException(
          file
              + " begins with a certificate of another key; give the one that was issued for the"
              + " request of 'almoner receipts seal request', followed by the authority's");
    }
    SealKey key = SealKey.of(old.privateKey(), chain, file);
    key.requireValid(clock.instant());
    if (!key.fingerprint().equals(old.fingerprint())) {
      put(old.fingerprint(), key);
    }
    return key;
  }

  private void put(Hash before, SealKey key) throws IOException {
    Path old = SealKey.former(path, before);
    if (!Files.exists(old)) {
      Files.createLink(old, path);
    }
    SecretFile.replace(path, pkcs12(key));
    SecretFile.readOnly(old);
  }

  private static SealKey create(
      SealAlgorithm algorithm, String charityName, InstantSource clock, SecureRandom random)
      throws IOException {
    try {
      KeyPair pair = algorithm.generate(random);
      X509Certificate certificate =
          SelfSigned.certificate(
              pair, charityName, clock.instant(), SealKey.VALIDITY, new BigInteger(127, random));
      return SealKey.of(pair.getPrivate(), List.of(certificate), "the new key");
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "this Java platform cannot make a key of kind "
              + algorithm.title()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private byte[] pkcs12(SealKey key) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(PKCS12);
      store.load(null, password);
      store.setKeyEntry(ALIAS, key.privateKey(), password, key.chain().toArray(new Certificate[0]));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, password);
      return out.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java platform cannot write PKCS#12: " + e.getMessage(), e);
    }
  }
}
