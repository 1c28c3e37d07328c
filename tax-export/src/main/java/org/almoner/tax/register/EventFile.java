package org.almoner.tax.register;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private file of lines that are only added, each on disk when {@link #append} returns.
 *
 * <p>A line that could not be written leaves no octet behind. When not even that can be said, after
 * a sync or a cut that failed, nothing is added any more until the file is opened again.
 */
final class EventFile {
  private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);

  /** Writes to a channel at a place, and syncs it; tests fail here. */
  interface Disk {
    /** Writes some of {@code rest}, as {@link FileChannel#write(ByteBuffer, long)} does. */
    void write(FileChannel file, ByteBuffer rest, long at) throws IOException;

    /** Returns when what was written is on disk. */
    void sync(FileChannel file) throws IOException;
  }

  /** The disk as it is. */
  static final Disk DISK =
      new Disk() {
        @Override
        public void write(FileChannel file, ByteBuffer rest, long at) throws IOException {
          file.write(rest, at);
        }

        @Override
        public void sync(FileChannel file) throws IOException {
          file.force(true);
        }
      };

  private final Path file;
  private final Disk disk;
  private String stopped = "";

  EventFile(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * All lines, without their ends; none when there is no file. What follows the last line's end was
   * cut off before it was acknowledged: it is removed, and the operator's log says so.
   */
  List<String> open() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] octets = Files.readAllBytes(file);
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte octet : octets) {
      if (octet == '\n') {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(octet);
      }
    }
    if (line.size() > 0) {
      cut(octets.length - line.size());
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("octets", line.size())
          .log(
              "The last line of the register was never finished, nor acknowledged; it was cut off");
    }
    return lines;
  }

  /** Adds {@code line}, which has no end of its own; makes the file when it is missing. */
  void append(byte[] line) throws IOException {
    if (!stopped.isEmpty()) {
      throw new IOException(
          file + " takes no more: " + stopped + "; mend the disk and start the coordinator again");
    }
    DurableFile.makePrivate(file);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long before = out.size();
      requireEnded(out, before);
      ByteBuffer rest = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
      try {
        while (rest.hasRemaining()) {
          disk.write(out, rest, before + rest.position());
        }
      } catch (IOException e) {
        takeBack(out, before, e);
        throw e;
      }
      sync(out);
    }
  }

  private void requireEnded(FileChannel out, long size) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    if (size > 0 && (out.read(last, size - 1) != 1 || last.get(0) != '\n')) {
      stopped = "its last line has no end, so something else wrote to it";
      throw new IOException(file + ": " + stopped + "; start the coordinator again");
    }
  }

  private void takeBack(FileChannel out, long before, IOException cause) {
    try {
      out.truncate(before);
      disk.sync(out);
    } catch (IOException e) {
      stopped = "a line was written in part (" + cause.getMessage() + ")";
      cause.addSuppressed(e);
    }
  }

  /** What the system kept in memory is lost after a sync that failed, and a second says nothing. */
  private void sync(FileChannel out) throws IOException {
    try {
      disk.sync(out);
    } catch (IOException e) {
      stopped = "a line may not be on disk (" + e.getMessage() + ")";
      throw e;
    }
  }

  private void cut(long size) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.truncate(size);
      disk.sync(out);
    }
  }
}
