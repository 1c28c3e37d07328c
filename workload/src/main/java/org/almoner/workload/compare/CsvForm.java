package org.almoner.workload.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings comma-separated values into their one form: every value in quotes, every record ended by a
 * line feed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvForm {
  private static final char END = 0;

  private final String text;
  private int at;
  private int line = 1;

  private CsvForm(String text) {
    this.text = text;
  }

  /** The canonical text. */
  static String of(String text) throws Incomparable {
    StringBuilder out = new StringBuilder(text.length() + text.length() / 2);
    for (List<String> record : records(text)) {
      char before = '"';
      for (String value : record) {
        out.append(before == '"' ? "\"" : ",\"").append(value.replace("\"", "\"\"")).append('"');
        before = ',';
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** Records in order, each with one value at least. */
  static List<List<String>> records(String text) throws Incomparable {
    if (text.indexOf(END) >= 0) {
      throw new Incomparable("holds a NUL");
    }
    CsvForm reader = new CsvForm(text);
    List<List<String>> records = new ArrayList<>();
    while (reader.peek() != END) {
      records.add(reader.record());
    }
    return records;
  }

  private List<String> record() throws Incomparable {
    List<String> values = new ArrayList<>();
    do {
      values.add(peek() == '"' ? quoted() : plain());
    } while (take(','));
    if (take('\r') && peek() != '\n') {
      throw fault("a carriage return without a line feed");
    }
    if (!take('\n') && peek() != END) {
      throw fault("a value goes on after its closing quote");
    }
    line++;
    return values;
  }

  private String plain() throws Incomparable {
    int start = at;
    while (peek() != END && ",\r\n".indexOf(peek()) < 0) {
      if (peek() == '"') {
        throw fault("a quote inside a value without quotes");
      }
      at++;
    }
    return text.substring(start, at);
  }

  /** Line ends within a value are line feeds, whatever they were. */
  private String quoted() throws Incomparable {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      if (peek() == END) {
        throw fault("a quote that is not closed");
      }
      if (take('"')) {
        if (!take('"')) {
          return value.toString();
        }
        value.append('"');
      } else if (peek() == '\r') {
        value.append(returns());
      } else {
        line += peek() == '\n' ? 1 : 0;
        value.append(text.charAt(at++));
      }
    }
  }

  /** Takes carriage returns; several before one line feed are of one line end, and are dropped. */
  private String returns() {
    int start = at;
    while (take('\r')) {}
    return peek() == '\n' ? "" : text.substring(start, at);
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

  private Incomparable fault(String sentence) {
    return new Incomparable("line " + line + " has " + sentence);
  }
}
