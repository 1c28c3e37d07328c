package org.almoner.tax.seal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.nist.NISTNamedCurves;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * A fresh P-256 key with a certificate signed by itself, for digital signatures and no other use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4">RFC 5280, section 4</a>
 */
final class SelfSigned {
  private static final String CURVE = "P-256";

  /** Longest name a certificate may carry, in characters (RFC 5280, ub-common-name). */
  private static final int NAME_MAX = 64;

  private final X509CertificateHolder certificate;
  private final byte[] pkcs8;

  private SelfSigned(X509CertificateHolder certificate, byte[] pkcs8) {
    this.certificate = certificate;
    this.pkcs8 = pkcs8;
  }

  static SelfSigned make(
      String commonName, Instant from, Duration validity, BigInteger serial, SecureRandom random)
      throws IOException {
    var curve = NISTNamedCurves.getOID(CURVE);
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(
            new ECNamedDomainParameters(curve, ECNamedCurveTable.getByOID(curve)), random));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    AsymmetricKeyParameter secret = pair.getPrivate();
    SubjectPublicKeyInfo open =
        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
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
            open);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
    var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
    try {
      X509CertificateHolder certificate =
          builder.build(
              new BcECContentSignerBuilder(
                      algorithm, new DefaultDigestAlgorithmIdentifierFinder().find(algorithm))
                  .setSecureRandom(random)
                  .build(secret));
      return new SelfSigned(
          certificate, PrivateKeyInfoFactory.createPrivateKeyInfo(secret).getEncoded());
    } catch (OperatorCreationException e) {
      throw new IOException("a certificate cannot be signed: " + e.getMessage(), e);
    }
  }

  private static String shortened(String name) {
    int characters = Math.min(NAME_MAX, name.codePointCount(0, name.length()));
    return name.substring(0, name.offsetByCodePoints(0, characters));
  }

  X509CertificateHolder certificate() {
    return certificate;
  }

  byte[] pkcs8() {
    return pkcs8.clone();
  }
}
