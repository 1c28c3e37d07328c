package org.almoner.protocol.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads RFC 8259 JSON into our narrow model; white space and field order are free.
 *
 * <p>Refuses null, fractions, exponents, integers beyond 2^53-1, duplicate fields, invalid UTF-8,
 * lone surrogates, nesting deeper than {@link #DEPTH_MAX} and anything after the value.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonParser {
  /** Deepest nesting of arrays and objects. */
  public static final int DEPTH_MAX = 32;

  private final String text;

  /** Whether there is nothing but ASCII without control characters. */
  private final boolean plain;

  private int at;

  /** Place of the first backslash from {@link #at} on, or behind the end. */
  private int backslash = -1;

  /** Whether nothing was met so far that RFC 8785 writes otherwise. */
  private boolean canonical = true;

  private JsonParser(byte[] octets) throws MalformedJson {
    this.plain = PlainText.isPlain(octets);
    this.text = plain ? new String(octets, StandardCharsets.US_ASCII) : decode(octets);
  }

  /** A value, and whether it came in its canonical form. */
  record Read(JsonValue value, boolean canonical) {}

  /**
   * Reads one value that fills {@code octets}.
   *
   * @throws MalformedJson naming the character position and what was expected there
   */
  public static JsonValue parse(byte[] octets) throws MalformedJson {
    return read(octets).value();
  }

  /** As {@link #parse}, and looks on the way whether the octets are the canonical ones. */
  static Read read(byte[] octets) throws MalformedJson {
    JsonParser parser = new JsonParser(octets);
    JsonValue value = parser.value(0);
    parser.space();
    if (parser.at < parser.text.length()) {
      throw parser.wrong("the end");
    }
    return new Read(value, parser.canonical);
  }

  /** As {@link #parse}, for bodies that must be an object. */
  public static JsonValue.Obj parseObject(byte[] octets) throws MalformedJson {
    JsonValue value = parse(octets);
    if (value instanceof JsonValue.Obj object) {
      return object;
    }
    throw new MalformedJson("expected an object, got " + value.kind());
  }

  private static String decode(byte[] octets) throws MalformedJson {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(octets))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJson("the text is not valid UTF-8");
    }
  }

  private JsonValue value(int depth) throws MalformedJson {
    if (depth > DEPTH_MAX) {
      throw new MalformedJson("nested deeper than " + DEPTH_MAX + " levels at character " + at);
    }
    space();
    char c = peek();
    if (c == '{') {
      return object(depth);
    }
    if (c == '[') {
      return array(depth);
    }
    if (c == '"') {
      return new JsonValue.Text(string());
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return integer();
    }
    if (text.startsWith("true", at)) {
      at += 4;
      return new JsonValue.Bool(true);
    }
    if (text.startsWith("false", at)) {
      at += 5;
      return new JsonValue.Bool(false);
    }
    if (text.startsWith("null", at)) {
      throw new MalformedJson("null at character " + at + ": leave the field out instead");
    }
    throw wrong("a value");
  }

  private JsonValue.Obj object(int depth) throws MalformedJson {
    Fields.Building fields = new Fields.Building();
    Set<String> names = Set.of();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return new JsonValue.Obj(fields.finish());
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw wrong("a field name in quotes");
      }
      String name = string();
      space();
      expect(':');
      fields.add(name, value(depth + 1));
      if (!fields.ascending()) {
        canonical = false;
        names = names.isEmpty() ? fields.namesBefore() : names;
        if (!names.add(name)) {
          throw new MalformedJson("field " + quoted(name) + " appears twice");
        }
      }
      space();
      if (peek() == '}') {
        at++;
        return new JsonValue.Obj(fields.finish());
      }
      expect(',');
    }
  }

  private JsonValue.Array array(int depth) throws MalformedJson {
    List<JsonValue> items = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return new JsonValue.Array(items);
    }
    while (true) {
      items.add(value(depth + 1));
      space();
      if (peek() == ']') {
        at++;
        return new JsonValue.Array(items);
      }
      expect(',');
    }
  }

  private JsonValue.Int integer() throws MalformedJson {
    int from = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String token = text.substring(from, at);
    boolean leadingZero = at - digits > 1 && text.charAt(digits) == '0';
    if (at == digits || leadingZero || token.equals("-0")) {
      throw new MalformedJson("not a plain integer at character " + from + ": " + token);
    }
    char next = peek();
    if (next == '.' || next == 'e' || next == 'E') {
      throw new MalformedJson(
          "a fraction or exponent at character " + from + ": quantities are integers here");
    }
    if (at - digits > 16 || Math.abs(Long.parseLong(token)) > JsonValue.INTEGER_MAX) {
      throw new MalformedJson("integer beyond 2^53-1 at character " + from + ": " + shorten(token));
    }
    return new JsonValue.Int(Long.parseLong(token));
  }

  private String string() throws MalformedJson {
    at++;
    if (plain) {
      int end = text.indexOf('"', at);
      if (end >= 0 && end < nextBackslash()) {
        String value = text.substring(at, end);
        at = end + 1;
        return value;
      }
    }
    return escapedString();
  }

  private int nextBackslash() {
    if (backslash < at) {
      int found = text.indexOf('\\', at);
      backslash = found < 0 ? text.length() : found;
    }
    return backslash;
  }

  private String escapedString() throws MalformedJson {
    StringBuilder out = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        throw wrong("the closing quote");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return wholeScalars(out.toString());
      }
      if (c < 0x20) {
        throw new MalformedJson("control character inside a string at character " + (at - 1));
      }
      out.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws MalformedJson {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\' -> c;
      case '/' -> {
        canonical = false;
        yield c;
      }
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> unicode();
      default -> throw new MalformedJson("unknown escape at character " + (at - 1));
    };
  }

  private char unicode() throws MalformedJson {
    if (at + 4 > text.length()) {
      throw wrong("four hexadecimal digits");
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') {
        throw wrong("a hexadecimal digit");
      }
      canonical = canonical && !Character.isUpperCase(text.charAt(at));
      code = code << 4 | digit;
      at++;
    }
    canonical = canonical && code < ' ' && "\b\t\n\f\r".indexOf(code) < 0;
    return (char) code;
  }

  private String wholeScalars(String value) throws MalformedJson {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < value.length()
              && Character.isLowSurrogate(value.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new MalformedJson("lone surrogate in a string before character " + at);
      }
    }
    return value;
  }

  private void space() {
    while (at < text.length()
        && text.charAt(at) <= ' '
        && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
      canonical = false;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char c) throws MalformedJson {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private MalformedJson wrong(String expected) {
    String got = at < text.length() ? quoted(text.substring(at, at + 1)) : "the end";
    return new MalformedJson("expected " + expected + " at character " + at + ", got " + got);
  }

  private static String shorten(String token) {
    return token.length() > 24 ? token.substring(0, 24) + "..." : token;
  }

  static String quoted(String name) {
    String shown = name.length() > 40 ? name.substring(0, 40) + "..." : name;
    return "\"" + shown.replaceAll("[\\p{Cntrl}\"]", "?") + "\"";
  }
}
