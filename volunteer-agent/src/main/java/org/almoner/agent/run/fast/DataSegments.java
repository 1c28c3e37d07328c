package org.almoner.agent.run.fast;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the data of a module out of the C that wasm2c wrote, and lets the assembler include it.
 *
 * <p>wasm2c writes each octet of data as six characters of C, for which a compiler takes a hundred
 * octets of memory: 11 MiB of data once cost a gigabyte and most of the time.
 */
final class DataSegments {
  private static final Pattern BEGIN =
      Pattern.compile("static const u8 (data_segment_data_w2c_[A-Za-z0-9_]{1,100})\\[\\] = \\{");

  private static final String END = "};";

  /** Longest line that wasm2c is believed to write: 1 MiB. */
  private static final int LINE_MAX = 1 << 20;

  private static final int HEXADECIMAL = 16;

  private final BufferedReader in;
  private final Path to;

  private DataSegments(BufferedReader in, Path to) {
    this.in = in;
    this.to = to;
  }

  /**
   * Writes the C of {@code from} to {@code to}, and each segment to a file of its own beside it.
   *
   * @return characters of C that are left
   * @throws BuildFailed when it is not what wasm2c writes
   */
  static long takeOut(ToolFile from, Path to) throws IOException, BuildFailed {
    long characters = 0;
    try (BufferedReader in =
            new BufferedReader(new InputStreamReader(from.open(), StandardCharsets.ISO_8859_1));
        BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.ISO_8859_1)) {
      DataSegments segments = new DataSegments(in, to);
      while (!segments.isOver()) {
        String line = segments.line();
        Matcher begin = BEGIN.matcher(line);
        String written = begin.matches() ? segments.included(begin.group(1)) : line;
        out.write(written);
        out.write('\n');
        characters += written.length();
      }
    }
    return characters;
  }

  private boolean isOver() throws IOException {
    in.mark(1);
    boolean over = in.read() < 0;
    in.reset();
    return over;
  }

  private String line() throws IOException, BuildFailed {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (line.length() == LINE_MAX) {
        throw new BuildFailed("wasm2c left C with a line of more than " + LINE_MAX + " characters");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private String included(String name) throws IOException, BuildFailed {
    Path file = to.resolveSibling(name + ".bin");
    long octets = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      while (true) {
        if (isOver()) {
          throw new BuildFailed("wasm2c left C that ends in the middle of data");
        }
        String line = line();
        if (line.equals(END)) {
          break;
        }
        for (int i = line.indexOf("0x"); i >= 0; i = line.indexOf("0x", i + 2)) {
          out.write(octet(line, i + 2));
          octets++;
        }
      }
    }
    return "extern const u8 %1$s[%2$d] __attribute__((visibility(\"hidden\")));\n"
            .formatted(name, octets)
        + "__asm__(\".pushsection .rodata\\n.balign 16\\n.globl %1$s\\n.hidden %1$s\\n"
            .formatted(name)
        + "%1$s: .incbin \\\"%1$s.bin\\\"\\n.byte 0\\n.popsection\\n\");".formatted(name);
  }

  private static int octet(String line, int at) throws BuildFailed {
    int high = at + 1 < line.length() ? Character.digit(line.charAt(at), HEXADECIMAL) : -1;
    int low = high < 0 ? -1 : Character.digit(line.charAt(at + 1), HEXADECIMAL);
    if (low < 0) {
      throw new BuildFailed("wasm2c left data that is no octets");
    }
    return high * HEXADECIMAL + low;
  }
}
