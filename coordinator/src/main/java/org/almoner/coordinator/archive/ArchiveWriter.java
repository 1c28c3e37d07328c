package org.almoner.coordinator.archive;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.almoner.protocol.bytes.Bytes;

/** Writes an archive: rows, where each begins, and an end. docs/spec/archive.md */
final class ArchiveWriter implements ArchiveShelf.Sink {
  static final byte[] MAGIC = "almoner-archive/1\n".getBytes(StandardCharsets.US_ASCII);

  /** Octets behind the table: where it begins, how many rows there are, the magic again. */
  static final int END_BYTES = 2 * Long.BYTES + MAGIC.length;

  /** Longest key, in octets. */
  static final int KEY_BYTES_MAX = 200;

  /** Octets of a row besides key and content: two lengths and a checksum. */
  static final int FRAME_BYTES = Short.BYTES + 2 * Integer.BYTES;

  private final DataOutputStream out;
  private long[] begins = new long[64];
  private int rows;
  private long at = MAGIC.length;
  private String last = "";

  ArchiveWriter(OutputStream out) throws IOException {
    this.out = new DataOutputStream(out);
    this.out.write(MAGIC);
  }

  @Override
  public void row(String key, Bytes row) throws IOException {
    byte[] name = key.getBytes(StandardCharsets.US_ASCII);
    if (key.compareTo(last) <= 0 || name.length > KEY_BYTES_MAX) {
      throw new IllegalStateException("row " + key + " may not follow " + last);
    }
    last = key;
    if (rows == begins.length) {
      begins = Arrays.copyOf(begins, 2 * rows);
    }
    begins[rows++] = at;
    byte[] octets = row.toArray();
    ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES + name.length + octets.length);
    frame.putShort((short) name.length).put(name).putInt(octets.length).put(octets);
    frame.putInt(checksum(frame.array(), frame.position()));
    out.write(frame.array());
    at += frame.capacity();
  }

  long rows() {
    return rows;
  }

  /** Writes the table and the end. */
  void end() throws IOException {
    for (int i = 0; i < rows; i++) {
      out.writeLong(begins[i]);
    }
    out.writeLong(at);
    out.writeLong(rows);
    out.write(MAGIC);
    out.flush();
  }

  /** Over a row's frame but the checksum itself. */
  static int checksum(byte[] frame, int length) {
    CRC32C sum = new CRC32C();
    sum.update(frame, 0, length);
    return (int) sum.getValue();
  }
}
