package org.almoner.workload.compare;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Octets of a file as text. */
final class Utf8 {
  private static final char MARK = '\uFEFF';

  private Utf8() {}

  /** The text; a byte order mark before it is left out. */
  static String text(byte[] octets) throws Incomparable {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Incomparable("is not UTF-8");
    }
  }
}
