package org.almoner.tax.verify;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.almoner.protocol.bytes.Bytes;

/**
 * The certificate of an authority whose time stamps, and those of authorities below it, are
 * believed.
 *
 * @param der the certificate, X.509 in DER
 */
public record TimeRoot(Bytes der) {
  /** Longest certificate, in characters of base64. */
  static final int TEXT_MAX = 8_192;

  /** Refuses what is no certificate. */
  public TimeRoot {
    parse(der);
  }

  /** The root of that certificate. */
  public static TimeRoot of(X509Certificate certificate) {
    try {
      return new TimeRoot(Bytes.of(certificate.getEncoded()));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("the certificate cannot be encoded", e);
    }
  }

  static TimeRoot ofBase64(String text) {
    return new TimeRoot(Bytes.of(Base64.getDecoder().decode(text)));
  }

  String base64() {
    return Base64.getEncoder().encodeToString(der.toArray());
  }

  X509Certificate certificate() {
    return parse(der);
  }

  private static X509Certificate parse(Bytes der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toArray()));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("no certificate of a time root: " + e.getMessage(), e);
    }
  }
}
