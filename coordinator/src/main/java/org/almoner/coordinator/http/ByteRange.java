package org.almoner.coordinator.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a representation that is wanted.
 *
 * @param from first octet
 * @param to last octet, included
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110 section 14</a>
 */
record ByteRange(long from, long to) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

  /** No octet of the range exists. */
  static final class Unsatisfiable extends Exception {
    private static final long serialVersionUID = 1L;
  }

  long length() {
    return to - from + 1;
  }

  /**
   * The range a header asks for; empty when the whole is to be sent: no header, several ranges or
   * one that makes no sense, which RFC 9110 lets a server ignore.
   *
   * @param size octets there are
   */
  static Optional<ByteRange> parse(@Nullable String header, long size) throws Unsatisfiable {
    Matcher match = ONE.matcher(header == null ? "" : header);
    if (!match.matches()) {
      return Optional.empty();
    }
    String first = match.group(1);
    String last = match.group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return Optional.empty();
    }
    if (first.isEmpty()) {
      return suffix(Long.parseLong(last), size);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Long.parseLong(last);
    if (!last.isEmpty() && to < from) {
      return Optional.empty();
    }
    if (from >= size) {
      throw new Unsatisfiable();
    }
    return Optional.of(new ByteRange(from, Math.min(to, size - 1)));
  }

  private static Optional<ByteRange> suffix(long length, long size) throws Unsatisfiable {
    if (length == 0 || size == 0) {
      throw new Unsatisfiable();
    }
    return Optional.of(new ByteRange(Math.max(0, size - length), size - 1));
  }
}
