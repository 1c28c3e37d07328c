package org.almoner.protocol.result;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of one file in an output bundle: a relative path of parts joined by {@code /}.
 *
 * <p>At most {@value #OCTETS_MAX} octets of UTF-8. Any file system a volunteer or an owner may have
 * must be able to hold it, so a part is never empty, {@code .} or {@code ..}, and holds no control
 * character and none of {@code \ : * ? " < > |}. Ordered by the octets of the UTF-8 form, as the
 * bundle is.
 */
public record BundlePath(String value) implements Comparable<BundlePath> {
  /** Octets of the longest path. */
  public static final int OCTETS_MAX = 240;

  private static final String FORBIDDEN = "\\:*?\"<>|";

  /**
   * @throws IllegalArgumentException saying what is wrong with {@code value}
   */
  public BundlePath {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("a path must be well-formed Unicode");
    }
    int octets = value.getBytes(StandardCharsets.UTF_8).length;
    if (octets > OCTETS_MAX) {
      throw new IllegalArgumentException(
          "a path has at most " + OCTETS_MAX + " octets; this has " + octets);
    }
    for (String part : value.split("/", -1)) {
      checkPart(part, value);
    }
  }

  private static void checkPart(String part, String path) {
    if (part.isEmpty() || part.equals(".") || part.equals("..")) {
      throw new IllegalArgumentException(
          "a path is relative, without empty, . or .. parts: " + printable(path));
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (Character.isISOControl(c) || FORBIDDEN.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "a path holds no control characters and none of " + FORBIDDEN + ": " + printable(path));
      }
    }
  }

  private static String printable(String path) {
    return '"' + path.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  /** The UTF-8 form. */
  public byte[] octets() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(BundlePath other) {
    return Arrays.compareUnsigned(octets(), other.octets());
  }

  @Override
  public String toString() {
    return value;
  }
}
