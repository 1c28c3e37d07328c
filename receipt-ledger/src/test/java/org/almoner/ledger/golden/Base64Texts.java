package org.almoner.ledger.golden;

import java.util.Arrays;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.protocol.bytes.Bytes;

/** Base64 of a length, and base64 that is almost right. */
final class Base64Texts {
  private Base64Texts() {}

  static String base64(int octets) {
    byte[] filler = new byte[octets];
    Arrays.fill(filler, (byte) 0x5a);
    return CanonicalBase64.encode(Bytes.of(filler));
  }

  /** A 32-octet base64 text whose last digit has a bit that means nothing. */
  static String stray(String base64) {
    int last = base64.length() - 2;
    return base64.substring(0, last) + (char) (base64.charAt(last) + 1) + "=";
  }
}
