package org.almoner.coordinator.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Reads what {@link RowWriter} wrote. Every failure names the row. */
public final class RowReader {
  private final String key;
  private final byte[] octets;
  private final int version;
  private int at;

  /** Starts on a row that must have that version. */
  public RowReader(String key, Bytes row, int version) throws DamagedRow {
    this(key, row, version, version);
  }

  /** Starts on a row that must have a version of {@code oldest} to {@code newest}. */
  public RowReader(String key, Bytes row, int oldest, int newest) throws DamagedRow {
    this.key = key;
    this.octets = row.toArray();
    this.version = octet();
    if (version < oldest || version > newest) {
      String reads = oldest == newest ? "" + newest : oldest + " to " + newest;
      throw fault("has version " + version + "; this program reads " + reads);
    }
  }

  /** The version it was written in. */
  public int version() {
    return version;
  }

  /** One octet, 0 to 255. */
  public int octet() throws DamagedRow {
    need(1);
    return Byte.toUnsignedInt(octets[at++]);
  }

  /** True or false. */
  public boolean bool() throws DamagedRow {
    int value = octet();
    if (value > 1) {
      throw fault("holds " + value + " where 0 or 1 must stand");
    }
    return value == 1;
  }

  /** A number of 0 or more. */
  public long number() throws DamagedRow {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw fault("holds a number beyond 63 bits");
  }

  /** A number of 0 to {@code max}. */
  public int count(int max) throws DamagedRow {
    long value = number();
    if (value > max) {
      throw fault("counts " + value + " where at most " + max + " are possible");
    }
    return (int) value;
  }

  /** 32 octets. */
  public Hash hash() throws DamagedRow {
    return Hash.of(raw(Hash.SIZE));
  }

  /** So many octets. */
  public Bytes fixed(int size) throws DamagedRow {
    return Bytes.of(raw(size));
  }

  /** Octets with their number before them. */
  public Bytes bytes() throws DamagedRow {
    return Bytes.of(raw(count(octets.length)));
  }

  /** Text with its length before it. */
  public String text() throws DamagedRow {
    return new String(raw(count(octets.length)), StandardCharsets.UTF_8);
  }

  /** Ends the reading: octets left over are a fault. */
  public void end() throws DamagedRow {
    if (at != octets.length) {
      throw fault("has " + (octets.length - at) + " octets too many");
    }
  }

  /** A fault of this row. */
  public DamagedRow fault(String sentence) {
    return new DamagedRow("row " + key + " " + sentence);
  }

  private byte[] raw(int size) throws DamagedRow {
    need(size);
    at += size;
    return Arrays.copyOfRange(octets, at - size, at);
  }

  private void need(int size) throws DamagedRow {
    if (size > octets.length - at) {
      throw fault("ends at octet " + octets.length + ", " + size + " more were expected");
    }
  }
}
