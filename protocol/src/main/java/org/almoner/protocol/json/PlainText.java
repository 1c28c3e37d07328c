package org.almoner.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for octets that need care in JSON, eight at a time.
 *
 * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord">Bit hacks: a
 *     byte less than n in a word</a>
 */
final class PlainText {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private PlainText() {}

  /** Whether all octets are ASCII without control characters: a space to a delete. */
  static boolean isPlain(byte[] octets) {
    int at = 0;
    for (; at + Long.BYTES <= octets.length; at += Long.BYTES) {
      long word = (long) EIGHT.get(octets, at);
      if ((word & HIGH) != 0 || below(word, ' ')) {
        return false;
      }
    }
    for (; at < octets.length; at++) {
      if (octets[at] < ' ') {
        return false;
      }
    }
    return true;
  }

  /**
   * Place of the first octet from {@code from} on that stands escaped in a string, else the end.
   */
  static int firstEscaped(byte[] octets, int from) {
    int at = from;
    for (; at + Long.BYTES <= octets.length; at += Long.BYTES) {
      long word = (long) EIGHT.get(octets, at);
      if (below(word, ' ') || holds(word, '"') || holds(word, '\\')) {
        break;
      }
    }
    for (; at < octets.length; at++) {
      byte octet = octets[at];
      if ((octet >= 0 && octet < ' ') || octet == '"' || octet == '\\') {
        return at;
      }
    }
    return at;
  }

  /** Whether an octet of the word, taken as unsigned, is less than {@code limit}, at most 128. */
  private static boolean below(long word, int limit) {
    return ((word - ONES * limit) & ~word & HIGH) != 0;
  }

  private static boolean holds(long word, int octet) {
    return below(word ^ (ONES * octet), 1);
  }
}
