package org.almoner.command.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The disk that everything durable waits for.
 *
 * @param filesystem its type, such as {@code ext4}; a {@code tmpfs} is no disk
 * @param fsyncMs median time to append 4 KiB and have it on the disk, without other load of ours
 */
public record Disk(String filesystem, double fsyncMs) {
  /** How Ignite's write-ahead log is synced: before anything is acknowledged. */
  private static final String WAL_MODE = "FSYNC";

  private static final int ROUNDS = 101;
  private static final int APPENDED_BYTES = 4_096;

  /** Measures the disk that {@code folder} is on. */
  public static Disk under(Path folder) throws IOException {
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

  /** One object. */
  public String toJson() {
    Map<String, String> fsync = new LinkedHashMap<>();
    fsync.put("mode", FigureJson.text(WAL_MODE));
    fsync.put("filesystem", FigureJson.text(filesystem));
    fsync.put("p50_ms", FigureJson.number(fsyncMs));
    return FigureJson.object(fsync);
  }

  /** One line for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "disk        %s, every group commit synced, %.2f ms for a sync",
        filesystem,
        fsyncMs);
  }
}
