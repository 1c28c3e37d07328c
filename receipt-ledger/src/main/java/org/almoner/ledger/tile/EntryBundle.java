package org.almoner.ledger.tile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;

/**
 * The 1 to 256 entries behind one tile of leaf hashes: for each its length, two octets big-endian,
 * and its octets.
 *
 * @param entries the entries from left to right, each at most {@value #ENTRY_OCTETS_MAX} octets
 * @see <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>
 */
public record EntryBundle(List<Bytes> entries) {
  /** Longest entry: its length is written in two octets. */
  public static final int ENTRY_OCTETS_MAX = 65_535;

  private static final int LENGTH_OCTETS = 2;

  /** Refuses a wrong number of entries and an entry that is too long. */
  public EntryBundle {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || entries.size() > TilePath.FULL) {
      throw new IllegalArgumentException(
          "a bundle holds 1 to 256 entries; this holds " + entries.size());
    }
    for (Bytes entry : entries) {
      if (entry.size() > ENTRY_OCTETS_MAX) {
        throw new IllegalArgumentException(
            "an entry has at most 65535 octets; this has " + entry.size());
      }
    }
  }

  /**
   * Reads a bundle.
   *
   * @param width entries that its path promises
   * @throws MalformedTile naming the entry at which the octets end, or what follows the last
   */
  public static EntryBundle parse(Bytes octets, int width) throws MalformedTile {
    ByteBuffer in = ByteBuffer.wrap(octets.toArray());
    List<Bytes> entries = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      entries.add(next(in, i, width));
    }
    if (in.hasRemaining()) {
      throw new MalformedTile(
          in.remaining() + " octets follow the last of " + width + " entries in the bundle");
    }
    return new EntryBundle(entries);
  }

  /**
   * The first {@code width} entries of a wider bundle, still encoded.
   *
   * @throws MalformedTile when it does not hold that many
   */
  static Bytes cut(Bytes wider, int width) throws MalformedTile {
    ByteBuffer in = ByteBuffer.wrap(wider.toArray());
    List<Bytes> entries = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      entries.add(next(in, i, width));
    }
    return new EntryBundle(entries).format();
  }

  private static Bytes next(ByteBuffer in, int i, int width) throws MalformedTile {
    if (in.remaining() < LENGTH_OCTETS) {
      throw new MalformedTile("the bundle ends before entry " + i + " of " + width);
    }
    int length = Short.toUnsignedInt(in.getShort());
    if (in.remaining() < length) {
      throw new MalformedTile("the bundle ends inside entry " + i + " of " + width);
    }
    byte[] entry = new byte[length];
    in.get(entry);
    return Bytes.of(entry);
  }

  /** The octets that are served. */
  public Bytes format() {
    int size = 0;
    for (Bytes entry : entries) {
      size += LENGTH_OCTETS + entry.size();
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    for (Bytes entry : entries) {
      out.putShort((short) entry.size()).put(entry.toArray());
    }
    return Bytes.of(out.array());
  }
}
