package org.almoner.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Octets of canonical JSON as they are written, in one array that grows. */
final class CanonicalWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Longer texts are worth a copy that is searched eight octets at a time. */
  private static final int SHORT_TEXT = 80;

  /** Digits and sign of the largest integer. */
  private static final int INTEGER_OCTETS_MAX = 17;

  private byte[] octets = new byte[1_024];
  private int size;

  /** All that was written. */
  byte[] finish() {
    return Arrays.copyOf(octets, size);
  }

  void value(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      text(text.value());
    } else if (value instanceof JsonValue.Int integer) {
      integer(integer.value());
    } else if (value instanceof JsonValue.Obj object) {
      object(Fields.of(object.fields()));
    } else if (value instanceof JsonValue.Array array) {
      array(array.items());
    } else if (value instanceof JsonValue.Bool bool) {
      ascii(bool.value() ? "true" : "false");
    }
  }

  private void object(Fields fields) {
    octet('{');
    for (int place = 0; place < fields.size(); place++) {
      if (place > 0) {
        octet(',');
      }
      text(fields.name(place));
      octet(':');
      value(fields.value(place));
    }
    octet('}');
  }

  private void array(List<JsonValue> items) {
    octet('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        octet(',');
      }
      value(items.get(i));
    }
    octet(']');
  }

  private void text(String text) {
    int before = size;
    room(text.length() + 2);
    octet('"');
    if (text.length() > SHORT_TEXT || !shortText(text)) {
      size = before + 1;
      anyText(text.getBytes(StandardCharsets.UTF_8));
    }
    octet('"');
  }

  /** Writes a text that needs no escape; false when it is another. */
  private boolean shortText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
      octets[size++] = (byte) c;
    }
    return true;
  }

  /** Escapes as RFC 8785 section 3.2.2.2: the two-letter escapes, then lowercase \\u00xx. */
  private void anyText(byte[] utf8) {
    int from = 0;
    for (int at = PlainText.firstEscaped(utf8, 0);
        at < utf8.length;
        at = PlainText.firstEscaped(utf8, from)) {
      raw(utf8, from, at);
      escape(utf8[at]);
      from = at + 1;
    }
    raw(utf8, from, utf8.length);
  }

  private void escape(byte octet) {
    octet('\\');
    switch (octet) {
      case '"', '\\' -> octet(octet);
      case '\b' -> octet('b');
      case '\t' -> octet('t');
      case '\n' -> octet('n');
      case '\f' -> octet('f');
      case '\r' -> octet('r');
      default -> {
        ascii("u00");
        octet(HEX[octet >> 4]);
        octet(HEX[octet & 0xf]);
      }
    }
  }

  private void integer(long value) {
    if (value < 0) {
      octet('-');
    }
    room(INTEGER_OCTETS_MAX);
    long rest = Math.abs(value);
    int digits = 1;
    for (long above = rest / 10; above > 0; above /= 10) {
      digits++;
    }
    for (int at = size + digits - 1; at >= size; at--) {
      octets[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      octet(text.charAt(i));
    }
  }

  private void raw(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, octets, size, to - from);
    size += to - from;
  }

  private void octet(int octet) {
    room(1);
    octets[size++] = (byte) octet;
  }

  private void room(int more) {
    if (more > octets.length - size) {
      octets = Arrays.copyOf(octets, Math.max(size + more, 2 * octets.length));
    }
  }
}
