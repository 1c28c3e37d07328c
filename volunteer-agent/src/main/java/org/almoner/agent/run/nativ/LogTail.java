package org.almoner.agent.run.nativ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of what a program printed, for diagnosis. */
final class LogTail {
  private static final int LINES_MAX = 20;
  private static final int LINE_CHARACTERS_MAX = 500;
  private static final int OCTETS_MAX = 20_000;

  private LogTail() {}

  /** At most 20 lines of at most 500 characters, with a question mark for what cannot be shown. */
  static List<String> of(Path log) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(OCTETS_MAX);
    boolean cut;
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      cut = channel.size() > OCTETS_MAX;
      channel.position(Math.max(0, channel.size() - OCTETS_MAX));
      while (end.hasRemaining() && channel.read(end) >= 0) {
        // until the buffer is full or the file ends
      }
    }
    List<String> lines =
        new String(end.array(), 0, end.position(), StandardCharsets.UTF_8).lines().toList();
    int from = Math.max(cut && lines.size() > 1 ? 1 : 0, lines.size() - LINES_MAX);
    return lines.subList(from, lines.size()).stream().map(LogTail::shown).toList();
  }

  private static String shown(String line) {
    return line.substring(0, Math.min(line.length(), LINE_CHARACTERS_MAX))
        .replaceAll("\\p{Cntrl}", "?");
  }
}
