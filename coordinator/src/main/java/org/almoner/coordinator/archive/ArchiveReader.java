package org.almoner.coordinator.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;

/** Reads an archive at any row. Every fault names the file. docs/spec/archive.md */
final class ArchiveReader implements AutoCloseable {
  /** Largest row, in octets: 64 MiB. */
  private static final int ROW_BYTES_MAX = 64 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long table;
  private final long rows;

  /** One row as it lies in the file. */
  private record Row(String key, Bytes octets) {}

  /**
   * Opens an archive.
   *
   * @throws IOException when it is not there or is none
   */
  ArchiveReader(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long size = channel.size();
      if (size < ArchiveWriter.MAGIC.length + ArchiveWriter.END_BYTES) {
        throw fault("is " + size + " octets short of anything");
      }
      ByteBuffer end =
          ByteBuffer.wrap(read(size - ArchiveWriter.END_BYTES, ArchiveWriter.END_BYTES));
      table = end.getLong();
      rows = end.getLong();
      byte[] magic = new byte[ArchiveWriter.MAGIC.length];
      end.get(magic);
      byte[] head = read(0, ArchiveWriter.MAGIC.length);
      boolean fits =
          rows >= 0
              && table >= ArchiveWriter.MAGIC.length
              && rows <= size / Long.BYTES
              && table + rows * Long.BYTES + ArchiveWriter.END_BYTES == size;
      if (!Arrays.equals(magic, ArchiveWriter.MAGIC) || !Arrays.equals(head, magic) || !fits) {
        throw fault("does not begin and end as an archive of version 1 does");
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  long rows() {
    return rows;
  }

  /** The row of that key. */
  Optional<Bytes> find(String key) throws IOException {
    long low = 0;
    long high = rows;
    while (low < high) {
      long middle = (low + high) >>> 1;
      int order = keyAt(middle).compareTo(key);
      if (order == 0) {
        return Optional.of(rowAt(middle).octets());
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Optional.empty();
  }

  /** Reads every row, in order; each must be whole and in its place. */
  void check() throws IOException {
    String last = "";
    for (long number = 0; number < rows; number++) {
      Row row = rowAt(number);
      if (row.key().compareTo(last) <= 0) {
        throw fault("has row " + row.key() + " behind " + last);
      }
      last = row.key();
    }
  }

  private String keyAt(long number) throws IOException {
    long at = beginOf(number);
    return text(read(at + Short.BYTES, lengthOfKey(at)));
  }

  private Row rowAt(long number) throws IOException {
    long at = beginOf(number);
    int name = lengthOfKey(at);
    int length = ByteBuffer.wrap(read(at + Short.BYTES + name, Integer.BYTES)).getInt();
    if (length < 0 || length > ROW_BYTES_MAX) {
      throw fault("says that row " + number + " has " + length + " octets");
    }
    byte[] frame = read(at, ArchiveWriter.FRAME_BYTES + name + length);
    int summed = frame.length - Integer.BYTES;
    if (ArchiveWriter.checksum(frame, summed) != ByteBuffer.wrap(frame).getInt(summed)) {
      throw fault("is damaged at row " + number);
    }
    int content = Short.BYTES + name + Integer.BYTES;
    return new Row(
        text(Arrays.copyOfRange(frame, Short.BYTES, Short.BYTES + name)),
        Bytes.of(Arrays.copyOfRange(frame, content, summed)));
  }

  private long beginOf(long number) throws IOException {
    long at = ByteBuffer.wrap(read(table + number * Long.BYTES, Long.BYTES)).getLong();
    if (at < ArchiveWriter.MAGIC.length || at >= table) {
      throw fault("says that row " + number + " begins at " + at);
    }
    return at;
  }

  private int lengthOfKey(long at) throws IOException {
    int length = Short.toUnsignedInt(ByteBuffer.wrap(read(at, Short.BYTES)).getShort());
    if (length > ArchiveWriter.KEY_BYTES_MAX) {
      throw fault("has a key of " + length + " octets");
    }
    return length;
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.US_ASCII);
  }

  private byte[] read(long at, int length) throws IOException {
    byte[] octets = new byte[length];
    ByteBuffer rest = ByteBuffer.wrap(octets);
    while (rest.hasRemaining()) {
      if (channel.read(rest, at + rest.position()) < 0) {
        throw new EOFException("archive " + file + " ends at octet " + channel.size());
      }
    }
    return octets;
  }

  private IOException fault(String sentence) {
    return new IOException(
        "archive " + file + " " + sentence + "; take it from a copy, archives never change");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
