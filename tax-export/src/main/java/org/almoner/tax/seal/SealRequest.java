package org.almoner.tax.seal;

import java.io.IOException;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * What a certificate authority is asked with: the seal's public key and the charity's name, signed
 * by the key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2986">RFC 2986, PKCS #10</a>
 */
public final class SealRequest {
  private static final int LINE = 64;

  private SealRequest() {}

  /**
   * The request in PEM.
   *
   * @param country two letters of ISO 3166 that the authority should put into the name; empty to
   *     leave it out
   * @throws IOException when the key cannot sign
   */
  public static String pem(SealKey key, String country) throws IOException {
    PKCS10CertificationRequestBuilder builder =
        new PKCS10CertificationRequestBuilder(
            name(key, country),
            SubjectPublicKeyInfo.getInstance(key.chain().get(0).getPublicKey().getEncoded()));
    ExtensionsGenerator wanted = new ExtensionsGenerator();
    wanted.addExtension(Extension.keyUsage, true, SelfSigned.usage());
    builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wanted.generate());
    byte[] der = builder.build(SelfSigned.by(key.privateKey())).getEncoded();
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }

  private static X500Name name(SealKey key, String country) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    if (!country.isEmpty()) {
      name.addRDN(BCStyle.C, country);
    }
    X500Name known =
        X500Name.getInstance(key.chain().get(0).getSubjectX500Principal().getEncoded());
    for (RDN part : known.getRDNs()) {
      if (country.isEmpty() || !part.getFirst().getType().equals(BCStyle.C)) {
        name.addMultiValuedRDN(part.getTypesAndValues());
      }
    }
    return name.build();
  }
}
