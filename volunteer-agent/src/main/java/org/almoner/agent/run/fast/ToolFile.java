package org.almoner.agent.run.fast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that a tool has left. The tool read what was made from a stranger's module, so its file
 * may be of any size, or a link to something of the owner's.
 */
final class ToolFile {
  private final Path file;
  private final long size;

  private ToolFile(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * The file of that path, once the tool's last process has ended.
   *
   * @param octetsMax its largest size
   * @throws BuildFailed when there is none, it is no regular file, or it is larger
   */
  static ToolFile of(Path file, String tool, long octetsMax) throws IOException, BuildFailed {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new BuildFailed(tool + " left no file " + file.getFileName());
    }
    long size = Files.size(file);
    if (size > octetsMax) {
      throw new BuildFailed(
          tool
              + " left a file "
              + file.getFileName()
              + " of "
              + size
              + " octets; at most "
              + octetsMax
              + " are taken");
    }
    return new ToolFile(file, size);
  }

  /** All of it. */
  byte[] octets() throws IOException {
    try (InputStream in = open()) {
      return in.readNBytes((int) Math.min(size, Integer.MAX_VALUE));
    }
  }

  InputStream open() throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes a file {@code to} of the same octets; there is none yet. */
  void copyTo(Path to) throws IOException {
    Files.copy(file, to, LinkOption.NOFOLLOW_LINKS);
  }
}
