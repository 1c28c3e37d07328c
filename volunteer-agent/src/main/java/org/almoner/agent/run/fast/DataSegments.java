package org.almoner.agent.run.fast;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
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
      Pattern.compile("static const u8 (data_segment_data_w2c_[A-Za-z0-9_]+)\\[\\] = \\{");

  private static final String END = "};";

  private DataSegments() {}

  /**
   * Writes the C of {@code from} to {@code to}, and each segment to a file of its own beside it.
   *
   * @return characters of C that are left
   */
  static long takeOut(Path from, Path to) throws IOException {
    long characters = 0;
    try (BufferedReader in = Files.newBufferedReader(from, StandardCharsets.UTF_8);
        BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher begin = BEGIN.matcher(line);
        String written = begin.matches() ? included(begin.group(1), in, to) : line;
        out.write(written);
        out.write('\n');
        characters += written.length();
      }
    }
    return characters;
  }

  private static String included(String name, BufferedReader in, Path beside) throws IOException {
    Path file = beside.resolveSibling(name + ".bin");
    long octets = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (String line = in.readLine(); line != null && !line.equals(END); line = in.readLine()) {
        for (int i = line.indexOf("0x"); i >= 0; i = line.indexOf("0x", i + 2)) {
          out.write(Integer.parseInt(line, i + 2, i + 4, 16));
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
}
