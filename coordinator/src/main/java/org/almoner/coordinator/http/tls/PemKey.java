package org.almoner.coordinator.http.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;

/**
 * Reads a private key from PEM: PKCS#8, or one of the two forms of old for RSA and EC.
 *
 * <p>Those of old do not repeat the kind and the curve of the key; both are in the certificate, in
 * the very octets that PKCS#8 has before the key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5958">RFC 5958</a>
 */
final class PemKey {
  private static final Set<String> TRADITIONAL = Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int LONG_FORM = 0x80;

  private PemKey() {}

  /**
   * The first private key in {@code text}.
   *
   * @param certified the key of the certificate it should belong to
   */
  static PrivateKey parse(String text, String file, PublicKey certified) throws IOException {
    for (PemBlock block : PemBlock.all(text, file)) {
      if (block.label().equals("ENCRYPTED PRIVATE KEY") || block.encrypted()) {
        throw new IOException(
            "the private key in "
                + file
                + " is encrypted: write it without a password into a file that only the coordinator"
                + " may read ('openssl pkey -in KEY -out PLAIN'), or use PKCS#12");
      }
      byte[] octets = block.octets().toArray();
      if (block.label().equals("PRIVATE KEY")) {
        return key(octets, file, certified);
      }
      if (TRADITIONAL.contains(block.label())) {
        return key(wrapped(octets, certified), file, certified);
      }
    }
    throw new IOException(
        file
            + " holds no private key: expected a line -----BEGIN PRIVATE KEY-----; give the key's"
            + " file, not the certificate's");
  }

  private static PrivateKey key(byte[] pkcs8, String file, PublicKey certified) throws IOException {
    try {
      return KeyFactory.getInstance(certified.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the private key in "
              + file
              + " is damaged, or is not the "
              + certified.getAlgorithm()
              + " key that the certificate was issued for",
          e);
    }
  }

  /** PKCS#8 around a key of old. */
  private static byte[] wrapped(byte[] key, PublicKey certified) throws IOException {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(VERSION_0);
    inner.writeBytes(algorithm(certified.getEncoded()));
    inner.writeBytes(element(OCTET_STRING, key));
    return element(SEQUENCE, inner.toByteArray());
  }

  /** The first element inside the outer sequence of a certificate's public key. */
  private static byte[] algorithm(byte[] subjectKey) throws IOException {
    int at = contentAt(subjectKey, 0);
    int content = contentAt(subjectKey, at);
    int end = content + length(subjectKey, at);
    if (subjectKey[at] != SEQUENCE || end > subjectKey.length) {
      throw new IOException("the certificate's public key is damaged");
    }
    return java.util.Arrays.copyOfRange(subjectKey, at, end);
  }

  private static int contentAt(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < LONG_FORM ? 0 : first - LONG_FORM);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < LONG_FORM) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < first - LONG_FORM; i++) {
      length = (length << Byte.SIZE) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < LONG_FORM) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int first = length[0] == 0 ? 1 : 0; // DER has no octet more than needed.
      out.write(LONG_FORM + length.length - first);
      out.write(length, first, length.length - first);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
