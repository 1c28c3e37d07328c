package org.almoner.tax.seal;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;

/** The other signature that anybody can compute from an ECDSA signature: (r, n - s). */
final class Twin {
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private Twin() {}

  static byte[] of(byte[] signature) throws java.io.IOException {
    ASN1Sequence pair = ASN1Sequence.getInstance(signature);
    BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue();
    return new DERSequence(
            new ASN1Encodable[] {pair.getObjectAt(0), new ASN1Integer(ORDER.subtract(s))})
        .getEncoded(ASN1Encoding.DER);
  }
}
