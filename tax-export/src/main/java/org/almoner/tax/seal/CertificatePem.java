package org.almoner.tax.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates in a text of PEM, as certificate authorities send them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public final class CertificatePem {
  /** Largest text read, in octets. */
  public static final int BYTES_MAX = 65_536;

  /** Most certificates in one text. */
  public static final int CERTIFICATES_MAX = 16;

  private CertificatePem() {}

  /**
   * The certificates in their order, at least one.
   *
   * @param file what to name in a sentence
   * @throws IOException in one sentence when there is none, one is damaged, or there are too many
   */
  public static List<X509Certificate> parse(byte[] pem, String file) throws IOException {
    if (pem.length > BYTES_MAX) {
      throw new IOException(file + " has " + pem.length + " octets; at most " + BYTES_MAX);
    }
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        found.add((X509Certificate) certificate);
      }
    } catch (CertificateException | RuntimeException e) {
      throw new IOException(
          file + " holds a certificate that cannot be read: " + e.getMessage(), e);
    }
    if (found.isEmpty() || found.size() > CERTIFICATES_MAX) {
      throw new IOException(
          file
              + " holds "
              + found.size()
              + " certificates; expected 1 to "
              + CERTIFICATES_MAX
              + ", each from -----BEGIN CERTIFICATE----- on");
    }
    return found;
  }
}
