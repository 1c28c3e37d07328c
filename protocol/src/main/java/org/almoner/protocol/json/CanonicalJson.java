package org.almoner.protocol.json;

import java.util.Arrays;
import org.almoner.protocol.bytes.Bytes;

/**
 * RFC 8785 canonical JSON over our narrow value model: one value, one sequence of octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * Reads octets that must be the canonical form of an object.
   *
   * @throws MalformedJson when they are not JSON of our kind, or not in canonical form
   */
  public static JsonValue.Obj parse(byte[] octets) throws MalformedJson {
    JsonParser.Read read = JsonParser.read(octets);
    if (!(read.value() instanceof JsonValue.Obj object)) {
      throw new MalformedJson("expected an object, got " + read.value().kind());
    }
    if (!read.canonical()) {
      requireEqual(octets, encode(object));
    }
    return object;
  }

  private static void requireEqual(byte[] octets, byte[] again) throws MalformedJson {
    int differs = Arrays.mismatch(octets, again);
    if (differs >= 0) {
      throw new MalformedJson(
          "not in canonical form (RFC 8785): differs at byte "
              + differs
              + "; write fields sorted, without spaces and with the shortest escapes");
    }
  }

  /** The canonical octets of {@code value}. */
  public static byte[] encode(JsonValue value) {
    CanonicalWriter out = new CanonicalWriter();
    out.value(value);
    return out.finish();
  }

  /** The canonical octets of {@code value}, immutable. */
  public static Bytes bytes(JsonValue value) {
    return Bytes.of(encode(value));
  }
}
