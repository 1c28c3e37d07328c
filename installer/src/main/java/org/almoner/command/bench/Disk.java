package org.almoner.command.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The disk that everything durable waits for.
 *
 * @param filesystem its type, such as {@code ext4}; a {@code tmpfs} is no disk
 * @param fsyncMs median time to append 4 KiB and have it on the disk, without other load of ours
 */
public record Disk(String filesystem, double fsyncMs) {
  private static final int ROUNDS = 101;
  private static final int APPENDED_BYTES = 4_096;

  static Disk under(Path folder) throws IOException {
    Path file = folder.resolve("fsync");
    long[] took = new long[ROUNDS];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < ROUNDS; i++) {
        long from = System.nanoTime();
        channel.write(ByteBuffer.allocate(APPENDED_BYTES));
        channel.force(false);
        took[i] = System.nanoTime() - from;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    Arrays.sort(took);
    return new Disk(Files.getFileStore(folder).type(), took[ROUNDS / 2] / 1e6);
  }
}
