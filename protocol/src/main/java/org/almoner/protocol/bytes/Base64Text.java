package org.almoner.protocol.bytes;

import java.util.Arrays;
import java.util.Base64;

/**
 * Standard base64 with padding, in the one form of each string of octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3.5">RFC 4648, section 3.5</a>
 */
final class Base64Text {
  private static final int GROUP = 4;

  private Base64Text() {}

  static String format(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  /**
   * Reads base64. The library takes a missing padding and stray bits in the last group; only that
   * group can hold either, so only it is written again and compared.
   *
   * @throws IllegalArgumentException when it is not base64, or not the canonical one
   */
  static byte[] parse(String text) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not standard base64", e);
    }
    int last = Math.max(0, text.length() - GROUP);
    byte[] end = Arrays.copyOfRange(octets, last / GROUP * 3, octets.length);
    if (text.length() % GROUP != 0 || !text.endsWith(format(end))) {
      throw new IllegalArgumentException("not the canonical base64 of its octets");
    }
    return octets;
  }
}
