package org.almoner.tax.seal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
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
 * The CMS structure inside a seal: one certificate, one signer, SHA-256 with ECDSA, and the three
 * signed attributes that PAdES asks for.
 *
 * <p>It is wholly determined by certificate, document digest and signature. So a container that
 * came is never believed piece by piece: its three parts are taken out, encoded again, and must
 * give the same octets. Nothing unsigned can be slipped in.
 *
 * @param certificate the signer's certificate, DER
 * @param signature ECDSA over {@link #signedAttributes}, DER
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5652#section-5">RFC 5652, section 5</a>
 * @see <a href="https://www.etsi.org/deliver/etsi_en/319100_319199/31914201/">ETSI EN 319 142-1,
 *     PAdES baseline</a>
 */
record SealContainer(Bytes certificate, Bytes signature) {
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

  /** The octets that are signed for a document of this digest. */
  static byte[] signedAttributes(Bytes certificate, Hash document) {
    return der(attributes(certificate, document));
  }

  /** The container as DER. */
  byte[] encode(Hash document) {
    Certificate signer = Certificate.getInstance(certificate.toArray());
    SignerInfo info =
        new SignerInfo(
            new SignerIdentifier(
                new IssuerAndSerialNumber(signer.getIssuer(), signer.getSerialNumber().getValue())),
            SHA256,
            attributes(certificate, document),
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
            new DEROctetString(signature.toArray()),
            null);
    SignedData data =
        new SignedData(
            new DERSet(SHA256),
            new ContentInfo(CMSObjectIdentifiers.data, null),
            new DERSet(signer),
            null,
            new DERSet(info));
    return der(new ContentInfo(CMSObjectIdentifiers.signedData, data));
  }

  /**
   * Takes a container out of the front of {@code padded}.
   *
   * @return nothing unless it is exactly what {@link #encode} gives for {@code document}, followed
   *     by zeros alone
   */
  static Optional<SealContainer> parse(byte[] padded, Hash document) {
    try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(padded))) {
      ASN1Primitive first = in.readObject();
      SignedData data = SignedData.getInstance(ContentInfo.getInstance(first).getContent());
      ASN1Set certificates = data.getCertificates();
      ASN1Set signers = data.getSignerInfos();
      if (certificates == null || certificates.size() != 1 || signers.size() != 1) {
        return Optional.empty();
      }
      SignerInfo info = SignerInfo.getInstance(signers.getObjectAt(0));
      SealContainer container =
          new SealContainer(
              Bytes.of(der(Certificate.getInstance(certificates.getObjectAt(0)))),
              Bytes.of(info.getEncryptedDigest().getOctets()));
      byte[] again = Arrays.copyOf(container.encode(document), padded.length);
      return Arrays.equals(again, padded) ? Optional.of(container) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle reports malformed ASN.1 by several unchecked exceptions.
      return Optional.empty();
    }
  }

  /** The document digest a container claims, to tell a changed document from a changed seal. */
  static Optional<Hash> digest(byte[] padded) {
    try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(padded))) {
      SignedData data =
          SignedData.getInstance(ContentInfo.getInstance(in.readObject()).getContent());
      AttributeTable signed =
          new AttributeTable(
              SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0))
                  .getAuthenticatedAttributes());
      ASN1OctetString digest =
          ASN1OctetString.getInstance(
              signed.get(CMSAttributes.messageDigest).getAttrValues().getObjectAt(0));
      return Optional.of(Hash.of(digest.getOctets()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static ASN1Set attributes(Bytes certificate, Hash document) {
    byte[] certificateHash = Hash.sha256(certificate.toArray()).toArray();
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(new Attribute(CMSAttributes.contentType, new DERSet(CMSObjectIdentifiers.data)));
    attributes.add(
        new Attribute(
            CMSAttributes.messageDigest, new DERSet(new DEROctetString(document.toArray()))));
    attributes.add(
        new Attribute(
            PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(new ESSCertIDv2(certificateHash)))));
    return new DERSet(attributes);
  }

  private static byte[] der(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a structure in memory must encode", e);
    }
  }
}
