package org.almoner.ledger.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Thirty-two octets that fix a private record and say nothing about it until it is opened.
 *
 * <p>SHA-256 over {@code "almoner/commit/v1\n"}, the kind's octet, the origin with its length (2
 * octets, big-endian), the 32-octet salt, the part (2 octets, big-endian) and the SHA-256 of the
 * record. Specified in {@code docs/spec/commitment.md}.
 *
 * @param kind what the record is
 * @param digest the commitment
 */
public record Commitment(Kind kind, Hash digest) {
  /** Largest part: the index of a line in a report. */
  public static final int PART_MAX = 65_535;

  private static final byte[] LABEL = "almoner/commit/v1\n".getBytes(StandardCharsets.US_ASCII);

  /** Refuses kinds that stand in the log in clear. */
  public Commitment {
    if (!kind.isCommitment()) {
      throw new IllegalArgumentException("entries of kind " + kind + " stand in the log in clear");
    }
  }

  /**
   * Commits to a record.
   *
   * @param salt 32 octets from a cryptographic generator, never used twice
   * @param part 0 to {@link #PART_MAX}
   */
  public static Commitment of(Kind kind, String origin, Hash salt, int part, Bytes record) {
    return of(kind, origin, salt, part, Hash.sha256(record.toArray()));
  }

  /** As the other factory, for a record whose SHA-256 is known. */
  public static Commitment of(Kind kind, String origin, Hash salt, int part, Hash recordDigest) {
    byte[] name = origin.getBytes(StandardCharsets.UTF_8);
    if (part < 0 || part > PART_MAX || name.length > PART_MAX) {
      throw new IllegalArgumentException("part and length of the origin are 0 to " + PART_MAX);
    }
    ByteBuffer head = ByteBuffer.allocate(LABEL.length + 1 + 2 + name.length);
    head.put(LABEL).put((byte) kind.octet()).putShort((short) name.length).put(name);
    byte[] index = {(byte) (part >> 8), (byte) part};
    return new Commitment(
        kind, Hash.sha256(head.array(), salt.toArray(), index, recordDigest.toArray()));
  }

  /** The entry that holds it. */
  public Entry entry() {
    return Entry.ofCommitment(kind, digest);
  }
}
