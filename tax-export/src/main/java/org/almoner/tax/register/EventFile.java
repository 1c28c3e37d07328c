package org.almoner.tax.register;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private file of lines that are only added, on disk when {@link #append} returns.
 *
 * <p>Lines that could not be written leave no octet behind. When not even that can be said, after a
 * sync or a cut that failed, nothing is added any more until the file is opened again.
 */
public final class EventFile {
  private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
  private static final int READ_BYTES = 1 << 16;

  private final Path file;
  private final Disk disk;
  private String stopped = "";

  /** Lines in {@code file}. */
  public EventFile(Path file) {
    this(file, Disk.REAL);
  }

  EventFile(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /** Takes each line as the file is read. */
  public interface Reader {
    /** Line {@code number}, from 1, without its end. */
    void line(long number, Bytes octets) throws IOException;
  }

  /**
   * Reads all lines; none when there is no file. What follows the last line's end was cut off
   * before it was acknowledged: it is removed, and the operator's log says so.
   */
  public void open(Reader reader) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    long number = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = new byte[READ_BYTES];
      for (int size = in.read(part); size >= 0; size = in.read(part)) {
        int from = 0;
        for (int i = 0; i < size; i++) {
          if (part[i] == '\n') {
            line.write(part, from, i - from);
            reader.line(++number, Bytes.of(line.toByteArray()));
            line.reset();
            from = i + 1;
          }
        }
        line.write(part, from, size - from);
      }
    }
    if (line.size() > 0) {
      cut(Files.size(file) - line.size());
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("octets", line.size())
          .log("The last line of a file was never finished, nor acknowledged; it was cut off");
    }
  }

  /** Adds {@code lines}, which have no ends of their own; makes the file when it is missing. */
  public void append(List<byte[]> lines) throws IOException {
    if (!stopped.isEmpty()) {
      throw new IOException(
          file + " takes no more: " + stopped + "; mend the disk and start the coordinator again");
    }
    if (lines.isEmpty()) {
      return;
    }
    DurableFile.makePrivate(file);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long before = out.size();
      requireEnded(out, before);
      ByteBuffer rest = joined(lines);
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

  private static ByteBuffer joined(List<byte[]> lines) {
    ByteBuffer all = ByteBuffer.allocate(lines.stream().mapToInt(line -> line.length + 1).sum());
    lines.forEach(line -> all.put(line).put((byte) '\n'));
    return all.flip();
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
