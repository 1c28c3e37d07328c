package org.almoner.agent.run.wasm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOutput;

/**
 * The last lines written to standard output and error, for diagnosis; everything before is
 * forgotten.
 */
final class Tail {
  /** Lines kept. */
  static final int LINES_MAX = 20;

  /** Octets kept of a line. */
  static final int LINE_OCTETS_MAX = 500;

  private final Deque<byte[]> lines = new ArrayDeque<>();
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
    lines.addLast(line.toByteArray());
    line.reset();
  }

  /** The lines, the unfinished one included. */
  List<String> lines() {
    if (line.size() > 0) {
      endLine();
    }
    return lines.stream()
        .map(octets -> new String(octets, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?"))
        .toList();
  }

  void save(SnapshotOutput out) throws IOException {
    out.u32(lines.size());
    for (byte[] octets : lines) {
      out.text(octets);
    }
    out.text(line.toByteArray());
  }

  void load(SnapshotInput in) throws IOException, MalformedSnapshot {
    lines.clear();
    line.reset();
    for (int left = in.u32(LINES_MAX); left > 0; left--) {
      lines.addLast(in.text(LINE_OCTETS_MAX));
    }
    line.writeBytes(in.text(LINE_OCTETS_MAX));
  }
}
