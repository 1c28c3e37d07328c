package org.almoner.tax.seal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate signed by its own key, for digital signatures and no other use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4">RFC 5280, section 4</a>
 */
final class SelfSigned {
  /** Longest name a certificate may carry, in characters (RFC 5280, ub-common-name). */
  private static final int NAME_MAX = 64;

  private SelfSigned() {}

  static X509Certificate certificate(
      KeyPair pair, String commonName, Instant from, Duration validity, BigInteger serial)
      throws IOException, GeneralSecurityException {
    X500Name name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, shortened(commonName))
            .addRDN(BCStyle.CN, shortened(commonName))
            .build();
    Instant start = from.truncatedTo(ChronoUnit.SECONDS);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name,
            serial.add(BigInteger.ONE),
            Date.from(start),
            Date.from(start.plus(validity)),
            name,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, usage());
    return new JcaX509CertificateConverter().getCertificate(builder.build(by(pair.getPrivate())));
  }

  /** What a seal's key is for. */
  static KeyUsage usage() {
    return new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
  }

  /** Signs structures with SHA-256. */
  static ContentSigner by(PrivateKey key) throws IOException {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      return new JcaContentSignerBuilder(algorithm).build(key);
    } catch (OperatorCreationException e) {
      throw new IOException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  private static String shortened(String name) {
    int characters = Math.min(NAME_MAX, name.codePointCount(0, name.length()));
    return name.substring(0, name.offsetByCodePoints(0, characters));
  }
}
