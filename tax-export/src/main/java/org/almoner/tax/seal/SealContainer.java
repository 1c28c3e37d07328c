package org.almoner.tax.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The CMS structure inside a seal: the signer's certificate with those that lead to its authority,
 * one signer with SHA-256, the three signed attributes that PAdES asks for, and at most one time
 * stamp.
 *
 * <p>It is wholly determined by certificates, document digest, signature and stamp. So a container
 * that came is never believed piece by piece: its parts are taken out, encoded again, and must give
 * the same octets. The signed attributes name every certificate, so that none can be exchanged, and
 * a stamp has one form itself ({@link StampToken}). Nothing else unsigned can be slipped in.
 *
 * @param certificates DER; the signer's first, each issued by the next, 1 to {@value #CHAIN_MAX}
 * @param signature over {@link #signedAttributes}
 * @param stamp a time stamp's token over the signature, DER; empty when there is none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5652#section-5">RFC 5652, section 5</a>
 * @see <a href="https://www.etsi.org/deliver/etsi_en/319100_319199/31914201/">ETSI EN 319 142-1,
 *     PAdES baseline</a>
 */
record SealContainer(List<Bytes> certificates, Bytes signature, Bytes stamp) {
  /** Most certificates in a seal. */
  static final int CHAIN_MAX = 5;

  private static final Bytes NO_STAMP = Bytes.of(new byte[0]);
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

  SealContainer {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty() || certificates.size() > CHAIN_MAX) {
      throw new IllegalArgumentException("a seal has 1 to " + CHAIN_MAX + " certificates");
    }
  }

  /** A container without a time stamp. */
  SealContainer(List<Bytes> certificates, Bytes signature) {
    this(certificates, signature, NO_STAMP);
  }

  /** The same container with a time stamp. */
  SealContainer stamped(Bytes token) {
    return new SealContainer(certificates, signature, token);
  }

  boolean isStamped() {
    return stamp.size() > 0;
  }

  /** The signer's certificate. */
  Bytes signer() {
    return certificates.get(0);
  }

  /** The octets that are signed for a document of this digest. */
  static byte[] signedAttributes(List<Bytes> certificates, Hash document) {
    return der(attributes(certificates, document));
  }

  /** The container as DER. */
  byte[] encode(Hash document) {
    Certificate signer = Certificate.getInstance(signer().toArray());
    SignerInfo info =
        new SignerInfo(
            new SignerIdentifier(
                new IssuerAndSerialNumber(signer.getIssuer(), signer.getSerialNumber().getValue())),
            SHA256,
            attributes(certificates, document),
            algorithm(signer),
            new DEROctetString(signature.toArray()),
            isStamped() ? stampAttribute() : null);
    Certificate[] all =
        certificates.stream()
            .map(der -> Certificate.getInstance(der.toArray()))
            .toArray(Certificate[]::new);
    SignedData data =
        new SignedData(
            new DERSet(SHA256),
            new ContentInfo(CMSObjectIdentifiers.data, null),
            new DERSet(all),
            null,
            new DERSet(info));
    return der(new ContentInfo(CMSObjectIdentifiers.signedData, data));
  }

  private ASN1Set stampAttribute() {
    return new DERSet(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
            new DERSet(ContentInfo.getInstance(stamp.toArray()))));
  }

  private static AlgorithmIdentifier algorithm(Certificate signer) {
    ASN1ObjectIdentifier key = signer.getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm();
    if (key.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return SealAlgorithm.P256.identifier();
    }
    if (key.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return SealAlgorithm.RSA.identifier();
    }
    throw new IllegalArgumentException("a seal's key is for P-256 or RSA, got " + key);
  }

  /**
   * Takes a container out of the front of {@code padded}.
   *
   * @return nothing unless it is exactly what {@link #encode} gives for {@code document}, followed
   *     by zeros alone
   */
  static Optional<SealContainer> parse(byte[] padded, Hash document) {
    try {
      SignedData data = signedData(padded);
      ASN1Set certificates = data.getCertificates();
      ASN1Set signers = data.getSignerInfos();
      if (certificates == null || signers.size() != 1) {
        return Optional.empty();
      }
      SignerInfo info = SignerInfo.getInstance(signers.getObjectAt(0));
      SealContainer container =
          new SealContainer(
              inOrder(certificates, named(info)),
              Bytes.of(info.getEncryptedDigest().getOctets()),
              stamp(info));
      byte[] again = Arrays.copyOf(container.encode(document), padded.length);
      return Arrays.equals(again, padded) ? Optional.of(container) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle reports malformed ASN.1 by several unchecked exceptions.
      return Optional.empty();
    }
  }

  private static SignedData signedData(byte[] padded) throws IOException {
    try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(padded))) {
      return SignedData.getInstance(ContentInfo.getInstance(in.readObject()).getContent());
    }
  }

  /** The token as it stands in the container. */
  private static Bytes stamp(SignerInfo info) {
    if (info.getUnauthenticatedAttributes() == null) {
      return NO_STAMP;
    }
    Attribute only = Attribute.getInstance(info.getUnauthenticatedAttributes().getObjectAt(0));
    ASN1Encodable token = only.getAttrValues().getObjectAt(0);
    return Bytes.of(der(ContentInfo.getInstance(token)));
  }

  /** The digests of certificates that are signed, in their order. */
  private static List<Hash> named(SignerInfo info) {
    AttributeTable signed = new AttributeTable(info.getAuthenticatedAttributes());
    SigningCertificateV2 names =
        SigningCertificateV2.getInstance(
            signed
                .get(PKCSObjectIdentifiers.id_aa_signingCertificateV2)
                .getAttrValues()
                .getObjectAt(0));
    return Arrays.stream(names.getCerts()).map(name -> Hash.of(name.getCertHash())).toList();
  }

  private static List<Bytes> inOrder(ASN1Set certificates, List<Hash> order) {
    List<Bytes> found = new ArrayList<>();
    for (Hash name : order) {
      for (ASN1Encodable item : certificates) {
        byte[] der = der(Certificate.getInstance(item));
        if (Hash.sha256(der).equals(name)) {
          found.add(Bytes.of(der));
        }
      }
    }
    return found;
  }

  /** The document digest a container claims, to tell a changed document from a changed seal. */
  static Optional<Hash> digest(byte[] padded) {
    try {
      AttributeTable signed =
          new AttributeTable(
              SignerInfo.getInstance(signedData(padded).getSignerInfos().getObjectAt(0))
                  .getAuthenticatedAttributes());
      ASN1OctetString digest =
          ASN1OctetString.getInstance(
              signed.get(CMSAttributes.messageDigest).getAttrValues().getObjectAt(0));
      return Optional.of(Hash.of(digest.getOctets()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static ASN1Set attributes(List<Bytes> certificates, Hash document) {
    ESSCertIDv2[] names =
        certificates.stream()
            .map(der -> new ESSCertIDv2(Hash.sha256(der.toArray()).toArray()))
            .toArray(ESSCertIDv2[]::new);
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(new Attribute(CMSAttributes.contentType, new DERSet(CMSObjectIdentifiers.data)));
    attributes.add(
        new Attribute(
            CMSAttributes.messageDigest, new DERSet(new DEROctetString(document.toArray()))));
    attributes.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(names))));
    return new DERSet(attributes);
  }

  static byte[] der(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a structure in memory must encode", e);
    }
  }
}
