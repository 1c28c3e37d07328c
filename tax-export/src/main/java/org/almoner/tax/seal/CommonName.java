package org.almoner.tax.seal;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** The name a certificate's holder goes by. */
final class CommonName {
  private CommonName() {}

  /** The subject's common name, or empty when it has none. */
  static String of(X509Certificate certificate) {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    RDN[] names = subject.getRDNs(BCStyle.CN);
    return names.length == 1
            && !names[0].isMultiValued()
            && names[0].getFirst().getValue() instanceof ASN1String name
        ? name.getString()
        : "";
  }
}
