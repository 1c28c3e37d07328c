package org.almoner.coordinator.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.coordinator.http.route.Refusals;
import org.jspecify.annotations.Nullable;

/**
 * Which octets of a blob a request brings: from one on to its end.
 *
 * @param from the first that comes
 * @param total octets of the whole blob; -1 when that was not said
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.5">RFC 9110 section 14.5</a>
 */
record ContentRange(long from, long total) {
  private static final Pattern REST =
      Pattern.compile("bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})");

  /**
   * Reads the header, without which all octets come.
   *
   * @param length octets of the request's body, -1 when unknown
   */
  static ContentRange parse(@Nullable String header, long length) {
    if (header == null) {
      return new ContentRange(0, length);
    }
    Matcher match = REST.matcher(header);
    if (match.matches()) {
      long from = Long.parseLong(match.group(1));
      long last = Long.parseLong(match.group(2));
      long total = Long.parseLong(match.group(3));
      if (from <= last && last == total - 1 && (length < 0 || length == total - from)) {
        return new ContentRange(from, total);
      }
    }
    throw Refusals.malformed(
        "header Content-Range: expected \"bytes FROM-LAST/TOTAL\" up to the last octet, as many as"
            + " the body has, got "
            + header);
  }
}
