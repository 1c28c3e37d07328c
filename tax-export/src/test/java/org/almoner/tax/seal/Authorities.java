package org.almoner.tax.seal;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.almoner.tax.pdf.Documents;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** Certificate authorities to test with: real certificates, invented names. */
public final class Authorities {
  /** Somebody who can issue certificates, or use one. */
  public record Holder(KeyPair pair, X509Certificate certificate) {}

  private static final Instant FROM = Documents.CLOCK.instant();
  private static long serial = 1;

  private Authorities() {}

  /** A key of either kind. */
  public static KeyPair pair(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else {
      generator.initialize(3072);
    }
    return generator.generateKeyPair();
  }

  /** A root that issued itself. */
  public static Holder root(String name) throws Exception {
    KeyPair pair = pair("EC");
    X500Name self = new X500Name("CN=" + name);
    return new Holder(pair, issue(self, self, pair, pair, FROM, Duration.ofDays(9_000), true, ""));
  }

  /** An authority below another. */
  public static Holder below(Holder issuer, String name) throws Exception {
    KeyPair pair = pair("EC");
    return new Holder(pair, issue(issuer, name, pair, FROM, Duration.ofDays(8_000), true, ""));
  }

  /** A certificate for a seal. */
  public static X509Certificate forSeals(
      Holder issuer, String name, KeyPair pair, Instant from, Duration validity) throws Exception {
    return issue(issuer, name, pair, from, validity, false, "seal");
  }

  /** A time-stamping authority with a key of that kind. */
  public static Holder forTime(Holder issuer, String name, String algorithm) throws Exception {
    KeyPair pair = pair(algorithm);
    return new Holder(pair, issue(issuer, name, pair, FROM, Duration.ofDays(9_000), false, "time"));
  }

  private static X509Certificate issue(
      Holder issuer,
      String name,
      KeyPair pair,
      Instant from,
      Duration validity,
      boolean authority,
      String use)
      throws Exception {
    return issue(
        X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
        new X500Name("CN=" + name),
        pair,
        issuer.pair(),
        from,
        validity,
        authority,
        use);
  }

  private static X509Certificate issue(
      X500Name issuer,
      X500Name subject,
      KeyPair pair,
      KeyPair by,
      Instant from,
      Duration validity,
      boolean authority,
      String use)
      throws Exception {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(serial++),
            Date.from(from),
            Date.from(from.plus(validity)),
            subject,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.nonRepudiation));
    if (use.equals("time")) {
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(SelfSigned.by(by.getPrivate())));
  }
}
