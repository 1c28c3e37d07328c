package org.almoner.coordinator.operate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * A file that means nothing and takes up room, to be given up when there is no other.
 *
 * <p>Its octets are drawn, so that no disk keeps them in less room than they seem to take.
 */
final class Ballast {
  private static final int CHUNK = 1 << 20;

  private final Path file;

  Ballast(Path file) {
    this.file = file;
  }

  /** Octets it takes up. */
  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Adds {@code octets}, on the disk when it returns. */
  void grow(long octets) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      new Random(channel.size()).nextBytes(chunk);
      for (long left = octets; left > 0; left -= CHUNK) {
        ByteBuffer rest = ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, left));
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      channel.force(true);
    }
  }

  /** Cuts it to {@code octets}: the operator wants less than there is. */
  void cutTo(long octets) throws IOException {
    if (size() > octets) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(octets);
      }
    }
  }

  /** Gives it up. */
  void release() throws IOException {
    Files.deleteIfExists(file);
  }
}
