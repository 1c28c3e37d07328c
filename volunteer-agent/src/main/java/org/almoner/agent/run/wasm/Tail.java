package org.almoner.agent.run.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last lines written to standard output and error, for diagnosis; everything before is
 * forgotten.
 */
final class Tail {
  /** Lines kept. */
  static final int LINES_MAX = 20;

  /** Octets kept of a line. */
  static final int LINE_OCTETS_MAX = 500;

  private final Deque<String> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  void write(byte[] octets) {
    for (byte octet : octets) {
      if (octet == '\n') {
        endLine();
      } else if (line.size() < LINE_OCTETS_MAX) {
        line.write(octet);
      }
    }
  }

  private void endLine() {
    if (lines.size() == LINES_MAX) {
      lines.removeFirst();
    }
    lines.addLast(line.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?"));
    line.reset();
  }

  /** The lines, the unfinished one included. */
  List<String> lines() {
    if (line.size() > 0) {
      endLine();
    }
    return new ArrayList<>(lines);
  }
}
