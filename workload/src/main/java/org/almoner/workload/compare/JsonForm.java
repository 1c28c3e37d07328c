package org.almoner.workload.compare;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a JSON text into its one form, written out in docs/spec/batch.md: no white space, members
 * in order of their names' UTF-16 units, strings with the fewest escapes (both as RFC 8785 has it),
 * numbers by their exact decimal value.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785#section-3.2">RFC 8785, section 3.2</a>
 */
final class JsonForm {
  /** Deepest nesting. */
  static final int DEPTH_MAX = 64;

  private static final char END = 0;

  private final String text;
  private int at;
  private int depth;

  private JsonForm(String text) {
    this.text = text;
  }

  /** The canonical text. */
  static String of(String text) throws Incomparable {
    JsonForm reader = new JsonForm(text);
    StringBuilder out = new StringBuilder(text.length());
    reader.value(out);
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.fault("expected nothing after the value");
    }
    return out.toString();
  }

  private void value(StringBuilder out) throws Incomparable {
    blanks();
    switch (peek()) {
      case '{' -> object(out);
      case '[' -> array(out);
      case '"' -> quote(out, string());
      case 't' -> word(out, "true");
      case 'f' -> word(out, "false");
      case 'n' -> word(out, "null");
      default -> number(out);
    }
  }

  private void object(StringBuilder out) throws Incomparable {
    open();
    Map<String, String> members = new TreeMap<>();
    blanks();
    if (!take('}')) {
      do {
        blanks();
        if (peek() != '"') {
          throw fault("expected a member's name in quotes");
        }
        String name = string();
        blanks();
        require(':');
        StringBuilder value = new StringBuilder();
        value(value);
        if (members.put(name, value.toString()) != null) {
          throw fault("a name stands twice in one object");
        }
        blanks();
      } while (take(','));
      require('}');
    }
    depth--;
    char before = '{';
    for (Map.Entry<String, String> member : members.entrySet()) {
      out.append(before);
      quote(out, member.getKey());
      out.append(':').append(member.getValue());
      before = ',';
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private void array(StringBuilder out) throws Incomparable {
    open();
    out.append('[');
    blanks();
    if (!take(']')) {
      value(out);
      blanks();
      while (take(',')) {
        out.append(',');
        value(out);
        blanks();
      }
      require(']');
    }
    depth--;
    out.append(']');
  }

  private void open() throws Incomparable {
    at++;
    depth++;
    if (depth > DEPTH_MAX) {
      throw fault("nested deeper than " + DEPTH_MAX);
    }
  }

  private void word(StringBuilder out, String word) throws Incomparable {
    if (!text.startsWith(word, at)) {
      throw fault("expected " + word);
    }
    at += word.length();
    out.append(word);
  }

  private void number(StringBuilder out) throws Incomparable {
    int start = at;
    boolean good = true;
    boolean unused = take('-');
    if (!take('0')) {
      good = digits();
    }
    if (take('.')) {
      good &= digits();
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        unused = take('-');
      }
      good &= digits();
    }
    if (!good || start == at) {
      throw fault("expected a value");
    }
    try {
      out.append(Decimal.canonical(Decimal.parse(text.substring(start, at))));
    } catch (NumberFormatException e) {
      throw fault("a number of more digits or a larger exponent than is compared");
    }
  }

  private boolean digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > start;
  }

  private String string() throws Incomparable {
    StringBuilder value = new StringBuilder();
    at++;
    while (!take('"')) {
      char c = peek();
      if (c < ' ') {
        throw fault("a string that is not closed, or holds a control character");
      }
      at++;
      value.append(c == '\\' ? escaped() : c);
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isHighSurrogate(value.charAt(i))
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(value.charAt(i))) {
        throw fault("half a character in a string");
      }
    }
    return value.toString();
  }

  private char escaped() throws Incomparable {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw fault("an escape that JSON does not have");
    };
  }

  private char unit() throws Incomparable {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw fault("expected four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private void blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void require(char c) throws Incomparable {
    if (!take(c)) {
      throw fault("expected " + c);
    }
  }

  private Incomparable fault(String sentence) {
    return new Incomparable("is no JSON that is compared, at character " + at + ": " + sentence);
  }
}
