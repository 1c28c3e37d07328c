package org.almoner.coordinator.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate chain and a private key, each in a file of PEM, as certificate authorities and
 * their clients write them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public final class PemFiles implements TlsFiles {
  /** Most certificates in a chain. */
  static final int CHAIN_MAX = 10;

  private final Path certificates;
  private final Path key;

  /**
   * Nothing is read yet.
   *
   * @param certificates the server's own certificate first, then those of the authorities
   * @param key the private key, not encrypted
   */
  public PemFiles(Path certificates, Path key) {
    this.certificates = certificates;
    this.key = key;
  }

  @Override
  public List<Path> files() {
    return List.of(certificates, key);
  }

  @Override
  public TlsKey load() throws IOException {
    List<X509Certificate> chain =
        chain(TlsFiles.read(certificates, "the certificate chain in PEM"), certificates.toString());
    String text =
        new String(TlsFiles.read(key, "the private key in PEM"), StandardCharsets.ISO_8859_1);
    return TlsKey.of(
        chain,
        PemKey.parse(text, key.toString(), chain.get(0).getPublicKey()),
        certificates.toString());
  }

  /** The certificates in a PEM text, in their order; other blocks are passed over. */
  static List<X509Certificate> chain(byte[] pem, String file) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (PemBlock block : PemBlock.all(new String(pem, StandardCharsets.ISO_8859_1), file)) {
      if (block.label().equals("CERTIFICATE")) {
        if (chain.size() == CHAIN_MAX) {
          throw new IOException(file + " has more than " + CHAIN_MAX + " certificates");
        }
        chain.add(certificate(block, chain.size() + 1, file));
      }
    }
    if (chain.isEmpty()) {
      throw new IOException(
          file
              + " holds no certificate: expected lines from -----BEGIN CERTIFICATE----- on; give the"
              + " file with the whole chain");
    }
    return chain;
  }

  private static X509Certificate certificate(PemBlock block, int number, String file)
      throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.octets().toArray()));
    } catch (CertificateException e) {
      throw new IOException("certificate " + number + " in " + file + " is damaged", e);
    }
  }
}
