package org.almoner.tax.seal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;

/**
 * ECDSA on P-256 with SHA-256, in the one form we accept: DER, s in the lower half of the order.
 *
 * <p>For every valid (r, s) there is a second one, (r, n - s), that anybody can compute; accepting
 * only the lower makes a sealed file one sequence of octets.
 *
 * @see <a href="https://csrc.nist.gov/pubs/fips/186-5/final">FIPS 186-5</a>
 */
final class Ecdsa {
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final BigInteger HALF = ORDER.shiftRight(1);
  private static final String ALGORITHM = "SHA256withECDSA";

  private Ecdsa() {}

  static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(message);
    ASN1Sequence pair = ASN1Sequence.getInstance(signature.sign());
    BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getPositiveValue();
    BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue();
    return encode(r, s.compareTo(HALF) > 0 ? ORDER.subtract(s) : s);
  }

  /** Whether {@code der} is a signature of {@code message} in the form {@link #sign} gives. */
  static boolean verifies(PublicKey key, byte[] message, byte[] der)
      throws GeneralSecurityException {
    if (!lowerForm(der)) {
      return false;
    }
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initVerify(key);
    signature.update(message);
    try {
      return signature.verify(der);
    } catch (SignatureException e) {
      return false;
    }
  }

  /** Whether {@code key} is a point on P-256. */
  static boolean onCurve(PublicKey key) {
    return key instanceof ECPublicKey ec
        && ec.getParams().getOrder().equals(ORDER)
        && ec.getParams().getCofactor() == 1;
  }

  /**
   * The signature with the lower of its two s, on whatever curve; one of another algorithm as it
   * is.
   *
   * @throws IllegalArgumentException when it is no pair of integers
   */
  static byte[] lower(PublicKey key, byte[] der) {
    if (!(key instanceof ECPublicKey ec)) {
      return der;
    }
    BigInteger order = ec.getParams().getOrder();
    ASN1Sequence pair = ASN1Sequence.getInstance(der);
    BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getPositiveValue();
    BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue();
    return encode(r, s.compareTo(order.shiftRight(1)) > 0 ? order.subtract(s) : s);
  }

  private static boolean lowerForm(byte[] der) {
    try {
      ASN1Sequence pair = ASN1Sequence.getInstance(der);
      BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getPositiveValue();
      BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue();
      return s.compareTo(HALF) <= 0 && Arrays.equals(der, encode(r, s));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  private static byte[] encode(BigInteger r, BigInteger s) {
    try {
      return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("two integers must encode", e);
    }
  }
}
