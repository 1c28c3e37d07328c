package org.almoner.ledger.note;

import java.util.Base64;
import org.almoner.protocol.bytes.Bytes;

/**
 * Standard base64 with padding, one text for each byte string.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648.html#section-4">RFC 4648, section 4</a>
 */
public final class CanonicalBase64 {
  private CanonicalBase64() {}

  /**
   * Reads base64.
   *
   * @throws IllegalArgumentException when it is not base64, or not the form {@link #encode} writes
   */
  public static Bytes decode(String text) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not standard base64: " + text, e);
    }
    if (!Base64.getEncoder().encodeToString(octets).equals(text)) {
      throw new IllegalArgumentException("base64 with missing padding or stray bits: " + text);
    }
    return Bytes.of(octets);
  }

  /** Writes base64. */
  public static String encode(Bytes octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }
}
