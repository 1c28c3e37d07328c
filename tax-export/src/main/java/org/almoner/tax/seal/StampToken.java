package org.almoner.tax.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The token of a time stamp, in the one form that a seal carries.
 *
 * <p>Authorities send theirs in several forms: with certificates that nobody needs, in one of two
 * encodings, with a second name for the same algorithm. None of that is signed, and whoever changed
 * it could not be found out. So what is signed is kept as it came, the certificates that lead from
 * the signer to its root are kept, and the rest is written anew in one way. The authority's
 * signature holds as before.
 *
 * @param certificates DER; the signer's first, each issued by the next, the root not among them
 *     unless it is the signer
 * @param digest what the signer hashed with
 * @param info what is attested, DER (TSTInfo)
 * @param attributes the signed attributes, DER
 * @param signature over {@code attributes}; of ECDSA the form with the lower s
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2">RFC 3161, section 2.4.2</a>
 */
record StampToken(
    List<Bytes> certificates,
    ASN1ObjectIdentifier digest,
    Bytes info,
    Bytes attributes,
    Bytes signature) {
  /** Most certificates in a token. */
  static final int CHAIN_MAX = 5;

  private static final List<ASN1ObjectIdentifier> DIGESTS =
      List.of(
          NISTObjectIdentifiers.id_sha256,
          NISTObjectIdentifiers.id_sha384,
          NISTObjectIdentifiers.id_sha512);
  private static final List<ASN1ObjectIdentifier> ECDSA =
      List.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512);
  private static final List<ASN1ObjectIdentifier> RSA =
      List.of(
          PKCSObjectIdentifiers.rsaEncryption,
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption);

  StampToken {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty() || certificates.size() > CHAIN_MAX) {
      throw new IllegalArgumentException("a token has 1 to " + CHAIN_MAX + " certificates");
    }
    if (!DIGESTS.contains(digest)) {
      throw new IllegalArgumentException("a token is signed with SHA-2, got " + digest);
    }
  }

  /**
   * Takes the parts out of a token as its authority sent it.
   *
   * @throws IllegalArgumentException in one sentence when it cannot be brought into our form
   */
  static StampToken tidied(ContentInfo token) {
    SignedData data = SignedData.getInstance(token.getContent());
    ASN1Set all = data.getCertificates();
    if (all == null || data.getSignerInfos().size() != 1) {
      throw new IllegalArgumentException("it has no certificate or not one signer");
    }
    SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    ASN1ObjectIdentifier signs = signer.getDigestEncryptionAlgorithm().getAlgorithm();
    if (!ECDSA.contains(signs) && !RSA.contains(signs)) {
      throw new IllegalArgumentException("it is signed in a way that is not supported: " + signs);
    }
    List<Bytes> chain = chain(all, signer.getSID());
    byte[] signature = signer.getEncryptedDigest().getOctets();
    return new StampToken(
        chain,
        signer.getDigestAlgorithm().getAlgorithm(),
        Bytes.of(content(data)),
        Bytes.of(SealContainer.der(signer.getAuthenticatedAttributes())),
        Bytes.of(Ecdsa.lower(x509(chain.get(0)).getPublicKey(), signature)));
  }

  /** Reads the octets that {@link #encode} gives, and no others. */
  static Optional<StampToken> parse(Bytes octets) {
    try {
      ContentInfo token = ContentInfo.getInstance(ASN1Primitive.fromByteArray(octets.toArray()));
      StampToken parsed = tidied(token);
      return parsed.encode().equals(octets) ? Optional.of(parsed) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle reports malformed ASN.1 by several unchecked exceptions.
      return Optional.empty();
    }
  }

  /** The token as DER. */
  Bytes encode() {
    Certificate signer = Certificate.getInstance(certificates.get(0).toArray());
    List<CMSAlgorithmProtection> bound = bound();
    AlgorithmIdentifier hashed =
        bound.isEmpty() ? new AlgorithmIdentifier(digest) : bound.get(0).getDigestAlgorithm();
    AlgorithmIdentifier signs =
        bound.isEmpty() ? algorithm(signer) : bound.get(0).getSignatureAlgorithm();
    SignerInfo info =
        new SignerInfo(
            new SignerIdentifier(
                new IssuerAndSerialNumber(signer.getIssuer(), signer.getSerialNumber().getValue())),
            hashed,
            ASN1Set.getInstance(attributes.toArray()),
            signs,
            new DEROctetString(signature.toArray()),
            null);
    Certificate[] all =
        certificates.stream()
            .map(der -> Certificate.getInstance(der.toArray()))
            .toArray(Certificate[]::new);
    SignedData data =
        new SignedData(
            new DERSet(hashed),
            new ContentInfo(
                PKCSObjectIdentifiers.id_ct_TSTInfo, new DEROctetString(this.info.toArray())),
            new DERSet(all),
            null,
            new DERSet(info));
    return Bytes.of(SealContainer.der(new ContentInfo(CMSObjectIdentifiers.signedData, data)));
  }

  /** The certificates, the signer's first. */
  List<X509Certificate> path() {
    return certificates.stream().map(StampToken::x509).toList();
  }

  /** The names of the algorithms where the signer signed those too (RFC 6211); none or one. */
  private List<CMSAlgorithmProtection> bound() {
    AttributeTable signed = new AttributeTable(ASN1Set.getInstance(attributes.toArray()));
    Attribute protection = signed.get(CMSAttributes.cmsAlgorithmProtect);
    return protection == null
        ? List.of()
        : List.of(CMSAlgorithmProtection.getInstance(protection.getAttrValues().getObjectAt(0)));
  }

  private AlgorithmIdentifier algorithm(Certificate signer) {
    boolean curve =
        signer
            .getSubjectPublicKeyInfo()
            .getAlgorithm()
            .getAlgorithm()
            .equals(X9ObjectIdentifiers.id_ecPublicKey);
    return curve
        ? new AlgorithmIdentifier(ECDSA.get(DIGESTS.indexOf(digest)))
        : new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
  }

  private static byte[] content(SignedData data) {
    ContentInfo content = data.getEncapContentInfo();
    if (!content.getContentType().equals(PKCSObjectIdentifiers.id_ct_TSTInfo)) {
      throw new IllegalArgumentException("it attests no time: " + content.getContentType());
    }
    return ASN1OctetString.getInstance(content.getContent()).getOctets();
  }

  /** From the signer on to the last one that is there and did not issue itself. */
  private static List<Bytes> chain(ASN1Set all, SignerIdentifier signer) {
    IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(signer.getId());
    List<Certificate> rest = new ArrayList<>();
    for (ASN1Encodable item : all) {
      rest.add(Certificate.getInstance(item));
    }
    List<Bytes> chain = new ArrayList<>();
    Optional<Certificate> next =
        rest.stream()
            .filter(
                each ->
                    each.getIssuer().equals(name.getName())
                        && each.getSerialNumber().equals(name.getSerialNumber()))
            .findFirst();
    while (next.isPresent()) {
      Certificate taken = next.get();
      chain.add(Bytes.of(SealContainer.der(taken)));
      rest.remove(taken);
      next =
          rest.stream()
              .filter(
                  each ->
                      each.getSubject().equals(taken.getIssuer())
                          && !each.getSubject().equals(each.getIssuer()))
              .findFirst();
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("its signer's certificate is not among those it carries");
    }
    return chain;
  }

  private static X509Certificate x509(Bytes der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toArray()));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("one of its certificates cannot be read", e);
    }
  }
}
