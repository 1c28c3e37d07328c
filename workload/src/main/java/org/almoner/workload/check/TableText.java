package org.almoner.workload.check;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.almoner.workload.batch.TableUnits;

/**
 * Reads a table as spreadsheets write it: UTF-8, values separated by commas, in double quotes where
 * they hold a comma or a quote (which is then doubled), lines ended by LF or CRLF, names of columns
 * in the first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class TableText {
  /** Largest file: more than any table that fits, even when every value is quoted. */
  static final int OCTETS_MAX = 1 << 20;

  private static final char END = 0;

  private final String file;
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  private TableText(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /** The table in the file of that name. */
  static TableUnits read(String file, byte[] octets) throws Unusable {
    if (octets.length > OCTETS_MAX) {
      throw new Unusable(file + " has more than " + OCTETS_MAX + " octets; a table is smaller");
    }
    return new TableText(file, decode(file, octets)).table();
  }

  private static String decode(String file, byte[] octets) throws Unusable {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      if (text.indexOf(END) >= 0) {
        throw new Unusable(file + " holds a NUL: save it as comma-separated text");
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Unusable(file + " is not UTF-8: save it as comma-separated UTF-8");
    }
  }

  private TableUnits table() throws Unusable {
    List<String> columns = row();
    List<List<String>> rows = new ArrayList<>();
    while (peek() != END) {
      int number = line;
      List<String> row = row();
      if (row.size() != columns.size()) {
        throw new Unusable(
            file
                + ":"
                + number
                + ":1 has "
                + row.size()
                + " values; the first line names "
                + columns.size()
                + " columns");
      }
      rows.add(row);
    }
    try {
      return new TableUnits(columns, rows);
    } catch (IllegalArgumentException e) {
      throw new Unusable(file + ": " + e.getMessage());
    }
  }

  private List<String> row() throws Unusable {
    List<String> values = new ArrayList<>();
    do {
      values.add(peek() == '"' ? quoted() : plain());
    } while (take(','));
    if (take('\r') && peek() != '\n') {
      throw fault("a carriage return without a line feed");
    }
    if (!take('\n') && peek() != END) {
      throw fault("a value goes on after its closing quote: put a comma there");
    }
    line++;
    lineStart = at;
    return values;
  }

  private String plain() throws Unusable {
    int start = at;
    while (peek() != END && ",\r\n".indexOf(peek()) < 0) {
      if (peek() == '"') {
        throw fault("a quote inside a value: quote the whole value and double the quote");
      }
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() throws Unusable {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      if (take('"')) {
        if (!take('"')) {
          return value.toString();
        }
        value.append('"');
      } else if (peek() == END || peek() == '\n' || peek() == '\r') {
        throw fault("a value whose quote is not closed on its line");
      } else {
        value.append(text.charAt(at++));
      }
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private Unusable fault(String sentence) {
    return new Unusable(file + ":" + line + ":" + (at - lineStart + 1) + " has " + sentence);
  }
}
