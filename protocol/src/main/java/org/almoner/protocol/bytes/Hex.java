package org.almoner.protocol.bytes;

import java.util.Arrays;
import java.util.HexFormat;

/** Lowercase hexadecimal, two digits an octet. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();
  private static final byte[] VALUES = values();

  private Hex() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < 16; value++) {
      values["0123456789abcdef".charAt(value)] = (byte) value;
    }
    return values;
  }

  static String format(byte[] octets) {
    return FORMAT.formatHex(octets);
  }

  /**
   * Reads digits.
   *
   * @throws IllegalArgumentException when they are not an even number of digits 0-9 a-f
   */
  static byte[] parse(String digits) {
    byte[] octets = new byte[digits.length() / 2];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (value(digits, 2 * i) << 4 | value(digits, 2 * i + 1));
    }
    if (digits.length() % 2 != 0) {
      var unused = value(digits, digits.length() - 1);
      throw new IllegalArgumentException(
          "hexadecimal has two digits an octet; these are " + digits.length());
    }
    return octets;
  }

  private static int value(String digits, int at) {
    char c = digits.charAt(at);
    int value = c < VALUES.length ? VALUES[c] : -1;
    if (value < 0) {
      throw new IllegalArgumentException("not a lowercase hexadecimal digit at position " + at);
    }
    return value;
  }
}
