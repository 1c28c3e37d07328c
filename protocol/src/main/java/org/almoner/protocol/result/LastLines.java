package org.almoner.protocol.result;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;

/**
 * The last lines that a failed unit printed: the one file of its output bundle, so that what its
 * agent signs names them. A unit that printed nothing leaves a bundle of no files.
 *
 * @param lines at most {@link #LINES_MAX}, oldest first; together, each with a line end, at most
 *     {@link #BYTES_MAX} octets of UTF-8; no control characters
 */
public record LastLines(List<String> lines) {
  /** Most lines. */
  public static final int LINES_MAX = 20;

  /** Most octets of all lines together: 4 KiB. */
  public static final int BYTES_MAX = 4 << 10;

  /** The file that holds them. */
  public static final BundlePath FILE = new BundlePath("last-lines.txt");

  private static final String UNPRINTABLE = "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]";

  /** Copies the lines, which {@link #of} has cut and cleaned. */
  public LastLines {
    lines = List.copyOf(lines);
    if (lines.size() > LINES_MAX || size(lines) > BYTES_MAX) {
      throw new IllegalArgumentException(
          "at most " + LINES_MAX + " lines and " + BYTES_MAX + " octets are kept");
    }
  }

  /**
   * The last of {@code printed} that have room, with a question mark for each character that is
   * none to print.
   */
  public static LastLines of(List<String> printed) {
    Deque<String> kept = new ArrayDeque<>();
    int size = 0;
    for (int i = printed.size() - 1; i >= 0 && kept.size() < LINES_MAX; i--) {
      String line = printed.get(i).replaceAll(UNPRINTABLE, "?");
      size += octets(line);
      if (size > BYTES_MAX) {
        break;
      }
      kept.addFirst(line);
    }
    return new LastLines(List.copyOf(kept));
  }

  /** The output bundle of a failed unit. */
  public Bytes bundle() {
    if (lines.isEmpty()) {
      return Bytes.of(new OutputBundle(List.of()).encode());
    }
    Bytes text = Bytes.utf8(String.join("\n", lines) + "\n");
    return Bytes.of(new OutputBundle(List.of(new OutputBundle.OutputFile(FILE, text))).encode());
  }

  /** What the output bundle of a failed unit holds; nothing when it is another bundle. */
  public static Optional<LastLines> in(Bytes bundle) {
    try {
      List<OutputBundle.OutputFile> files = OutputBundle.parse(bundle.toArray()).files();
      if (files.size() != 1 || !files.get(0).path().equals(FILE)) {
        return Optional.empty();
      }
      ByteBuffer octets = ByteBuffer.wrap(files.get(0).content().toArray());
      String text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
      return text.endsWith("\n")
          ? Optional.of(of(List.of(text.substring(0, text.length() - 1).split("\n", -1))))
          : Optional.empty();
    } catch (MalformedBundle | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static int size(List<String> lines) {
    return lines.stream().mapToInt(LastLines::octets).sum();
  }

  private static int octets(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1;
  }
}
