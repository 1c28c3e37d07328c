package org.almoner.agent.run.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almoner.protocol.bytes.Hash;

/** A snapshot being read. What ends too early or says an impossible number is malformed. */
public final class SnapshotInput {
  private static final int CHUNK = 1 << 16;

  private final InputStream in;

  /** Reads from where {@code in} stands. */
  public SnapshotInput(InputStream in) {
    this.in = in;
  }

  /** So many octets; {@code length} is the caller's, not the file's. */
  public byte[] octets(int length) throws IOException, MalformedSnapshot {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new MalformedSnapshot("it ends too early");
    }
    return octets;
  }

  private ByteBuffer number(int octets) throws IOException, MalformedSnapshot {
    return ByteBuffer.wrap(octets(octets)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Eight bits, at most {@code max}. */
  public int u8(int max) throws IOException, MalformedSnapshot {
    return bounded(number(1).get() & 0xff, max);
  }

  /** Sixteen bits. */
  public int u16() throws IOException, MalformedSnapshot {
    return number(Short.BYTES).getShort() & 0xffff;
  }

  /** Thirty-two bits, at most {@code max}. */
  public int u32(int max) throws IOException, MalformedSnapshot {
    return bounded(number(Integer.BYTES).getInt(), max);
  }

  private static int bounded(int value, int max) throws MalformedSnapshot {
    if (Integer.compareUnsigned(value, max) > 0) {
      throw new MalformedSnapshot(
          Integer.toUnsignedString(value) + " stands where at most " + max + " can");
    }
    return value;
  }

  /** Sixty-four bits of any kind. */
  public long i64() throws IOException, MalformedSnapshot {
    return number(Long.BYTES).getLong();
  }

  /** Sixty-four bits, from 0 to {@code max}. */
  public long i64(long max) throws IOException, MalformedSnapshot {
    long value = i64();
    if (value < 0 || value > max) {
      throw new MalformedSnapshot(value + " stands where 0 to " + max + " can");
    }
    return value;
  }

  /** Octets after their number, at most {@code max}. */
  public byte[] text(int max) throws IOException, MalformedSnapshot {
    return octets(u32(max));
  }

  /** Moves so many octets to {@code out}. */
  public void copy(long length, OutputStream out) throws IOException, MalformedSnapshot {
    for (long left = length; left > 0; ) {
      int n = (int) Math.min(left, CHUNK);
      out.write(octets(n));
      left -= n;
    }
  }

  /** Only the digest is left. */
  public void end() throws IOException, MalformedSnapshot {
    var unused = octets(Hash.SIZE);
    if (in.read() >= 0) {
      throw new MalformedSnapshot("it is longer than its content");
    }
  }
}
