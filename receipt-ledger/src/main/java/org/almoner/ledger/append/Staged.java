package org.almoner.ledger.append;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.protocol.bytes.Bytes;

/**
 * One group commit, whole: what the log will hold, and what the log's owner wants durable together
 * with it.
 *
 * <p>Encoded: version (1 octet), epoch and first index (8 each), number of entries (4), each entry
 * with its length (2) before it, length of the rider (4), the rider, CRC-32C of all that (4); all
 * numbers big-endian.
 *
 * @param epoch number of the group commit: 0 for the creation of the log, then one more each time
 * @param firstIndex index of the first entry, which is also the size of the log before
 * @param entries at most {@value #ENTRIES_MAX}, none when only the rider is to be durable
 * @param rider octets that the log does not read, given back when the log is opened again
 */
public record Staged(long epoch, long firstIndex, List<Bytes> entries, Bytes rider) {
  /** Most entries in one batch. */
  public static final int ENTRIES_MAX = 65_536;

  private static final byte VERSION = 1;
  private static final int HEAD_OCTETS = 1 + 8 + 8 + 4;
  private static final int CRC_OCTETS = 4;

  /** Refuses negative numbers, too many entries and an entry that is too long. */
  public Staged {
    entries = List.copyOf(entries);
    if (epoch < 0 || firstIndex < 0) {
      throw new IllegalArgumentException(
          "epoch and first index are not negative: " + epoch + ", " + firstIndex);
    }
    if (entries.size() > ENTRIES_MAX) {
      throw new IllegalArgumentException(
          "a batch has at most " + ENTRIES_MAX + " entries; this has " + entries.size());
    }
    for (Bytes entry : entries) {
      if (entry.size() > EntryBundle.ENTRY_OCTETS_MAX) {
        throw new IllegalArgumentException(
            "an entry has at most 65535 octets; this has " + entry.size());
      }
    }
  }

  /** Size of the log once the batch is in it. */
  public long endIndex() {
    return firstIndex + entries.size();
  }

  /** The encoded batch. */
  public byte[] encode() {
    int size = HEAD_OCTETS + Integer.BYTES + rider.size() + CRC_OCTETS;
    for (Bytes entry : entries) {
      size += Short.BYTES + entry.size();
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(VERSION).putLong(epoch).putLong(firstIndex).putInt(entries.size());
    for (Bytes entry : entries) {
      out.putShort((short) entry.size()).put(entry.toArray());
    }
    out.putInt(rider.size()).put(rider.toArray());
    return out.putInt(crc(out.array(), out.position())).array();
  }

  /**
   * Reads an encoded batch.
   *
   * @throws LogRefused when it is of another version, cut short or damaged
   */
  public static Staged parse(byte[] octets) throws LogRefused {
    ByteBuffer in = ByteBuffer.wrap(octets);
    if (octets.length < HEAD_OCTETS + Integer.BYTES + CRC_OCTETS) {
      throw new LogRefused("the staged batch is cut short: " + octets.length + " octets");
    }
    int body = octets.length - CRC_OCTETS;
    if (in.getInt(body) != crc(octets, body)) {
      throw new LogRefused("the staged batch is damaged: its CRC-32C does not fit");
    }
    int version = in.get();
    if (version != VERSION) {
      throw new LogRefused("the staged batch has version " + version + "; this program reads 1");
    }
    try {
      long epoch = in.getLong();
      long firstIndex = in.getLong();
      int count = in.getInt();
      if (count < 0 || count > ENTRIES_MAX) {
        throw new LogRefused("the staged batch promises " + count + " entries");
      }
      List<Bytes> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        entries.add(take(in, Short.toUnsignedInt(in.getShort())));
      }
      Bytes rider = take(in, in.getInt());
      if (in.remaining() != CRC_OCTETS) {
        throw new LogRefused("octets follow the rider of the staged batch");
      }
      return new Staged(epoch, firstIndex, entries, rider);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new LogRefused("the staged batch does not hold what its lengths promise", e);
    }
  }

  private static Bytes take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("length " + length + " of " + in.remaining());
    }
    byte[] octets = new byte[length];
    in.get(octets);
    return Bytes.of(octets);
  }

  private static int crc(byte[] octets, int length) {
    CRC32C crc = new CRC32C();
    crc.update(octets, 0, length);
    return (int) crc.getValue();
  }
}
