package org.almoner.coordinator.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Writes a row's octets: a version octet, then fields in order.
 *
 * <p>Numbers are unsigned LEB128: seven bits an octet, lowest first.
 */
public final class RowWriter {
  private byte[] octets = new byte[128];
  private int size;

  /** Starts a row of that version, 1 to 255. */
  public RowWriter(int version) {
    octet(version);
  }

  /** One octet. */
  public RowWriter octet(int value) {
    room(1);
    octets[size++] = (byte) value;
    return this;
  }

  /** True or false. */
  public RowWriter bool(boolean value) {
    return octet(value ? 1 : 0);
  }

  /** A number of 0 or more. */
  public RowWriter number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("rows hold numbers of 0 or more, got " + value);
    }
    room(9);
    long rest = value;
    while (rest > 0x7f) {
      octets[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    octets[size++] = (byte) rest;
    return this;
  }

  /** 32 octets. */
  public RowWriter hash(Hash hash) {
    return raw(hash.toArray());
  }

  /** Octets whose number the reader knows. */
  public RowWriter fixed(Bytes value) {
    room(value.size());
    value.putInto(ByteBuffer.wrap(octets, size, value.size()));
    size += value.size();
    return this;
  }

  /** Octets with their number before them. */
  public RowWriter bytes(Bytes value) {
    return number(value.size()).fixed(value);
  }

  /** Text with its length in octets before it. */
  public RowWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return number(utf8.length).raw(utf8);
  }

  /** Octets written so far. */
  public int size() {
    return size;
  }

  /** The row. */
  public Bytes finish() {
    return Bytes.of(octets, 0, size);
  }

  private RowWriter raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, octets, size, value.length);
    size += value.length;
    return this;
  }

  private void room(int more) {
    if (size + more > octets.length) {
      octets = Arrays.copyOf(octets, Math.max(size + more, octets.length * 2));
    }
  }
}
