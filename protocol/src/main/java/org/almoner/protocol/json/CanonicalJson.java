package org.almoner.protocol.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.almoner.protocol.bytes.Bytes;

/**
 * RFC 8785 canonical JSON over our narrow value model: one value, one sequence of octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>
 */
public final class CanonicalJson {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private CanonicalJson() {}

  /**
   * Reads octets that must be the canonical form of an object.
   *
   * @throws MalformedJson when they are not JSON of our kind, or not in canonical form
   */
  public static JsonValue.Obj parse(byte[] octets) throws MalformedJson {
    JsonValue value = JsonParser.parse(octets);
    if (!(value instanceof JsonValue.Obj object)) {
      throw new MalformedJson("expected an object, got " + value.kind());
    }
    byte[] again = encode(object);
    int differs = Arrays.mismatch(octets, again);
    if (differs >= 0) {
      throw new MalformedJson(
          "not in canonical form (RFC 8785): differs at byte "
              + differs
              + "; write fields sorted, without spaces and with the shortest escapes");
    }
    return object;
  }

  /** The canonical octets of {@code value}. */
  public static byte[] encode(JsonValue value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    write(value, out);
    return out.toByteArray();
  }

  /** The canonical octets of {@code value}, immutable. */
  public static Bytes bytes(JsonValue value) {
    return Bytes.of(encode(value));
  }

  private static void write(JsonValue value, ByteArrayOutputStream out) {
    if (value instanceof JsonValue.Text text) {
      writeText(text.value(), out);
    } else if (value instanceof JsonValue.Int integer) {
      ascii(Long.toString(integer.value()), out);
    } else if (value instanceof JsonValue.Bool bool) {
      ascii(bool.value() ? "true" : "false", out);
    } else if (value instanceof JsonValue.Array array) {
      char before = '[';
      for (JsonValue item : array.items()) {
        out.write(before);
        write(item, out);
        before = ',';
      }
      ascii(before == '[' ? "[]" : "]", out);
    } else if (value instanceof JsonValue.Obj object) {
      char before = '{';
      for (Map.Entry<String, JsonValue> field : object.fields().entrySet()) {
        out.write(before);
        writeText(field.getKey(), out);
        out.write(':');
        write(field.getValue(), out);
        before = ',';
      }
      ascii(before == '{' ? "{}" : "}", out);
    }
  }

  /** Escapes as RFC 8785 section 3.2.2.2: the two-letter escapes, then lowercase \\u00xx. */
  private static void writeText(String text, ByteArrayOutputStream out) {
    out.write('"');
    int plainFrom = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') {
        continue;
      }
      utf8(text, plainFrom, i, out);
      plainFrom = i + 1;
      out.write('\\');
      switch (c) {
        case '"', '\\' -> out.write(c);
        case '\b' -> out.write('b');
        case '\t' -> out.write('t');
        case '\n' -> out.write('n');
        case '\f' -> out.write('f');
        case '\r' -> out.write('r');
        default -> {
          ascii("u00", out);
          out.write(HEX[c >> 4]);
          out.write(HEX[c & 0xf]);
        }
      }
    }
    utf8(text, plainFrom, text.length(), out);
    out.write('"');
  }

  private static void utf8(String text, int from, int to, ByteArrayOutputStream out) {
    if (to > from) {
      out.writeBytes(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void ascii(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
