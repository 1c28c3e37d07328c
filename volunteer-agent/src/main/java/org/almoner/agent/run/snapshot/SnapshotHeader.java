package org.almoner.agent.run.snapshot;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.almoner.protocol.bytes.Hash;

/**
 * The beginning of a snapshot.
 *
 * @param unit of which it is
 * @param taken what all parts took up to it
 */
public record SnapshotHeader(Hash unit, Earlier taken) {
  /** First line of every snapshot. */
  static final String FIRST_LINE = "almoner-snapshot/1\n";

  /** What a snapshot has beside the guest's memory and files, at most: 64 MiB. */
  private static final long OWN_OCTETS_MAX = 64L << 20;

  private static final int CHUNK = 1 << 16;

  /** Largest snapshot of a unit that is allotted so much, in octets. */
  public static long octetsMax(long memoryBytes, long diskBytes) {
    return memoryBytes + diskBytes + OWN_OCTETS_MAX;
  }

  /**
   * Reads the header of a file whose octets are all there, and are what was written.
   *
   * @param octetsMax of a file that is looked at
   * @throws MalformedSnapshot when it is torn or no snapshot
   */
  public static SnapshotHeader check(Path file, long octetsMax)
      throws IOException, MalformedSnapshot {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new MalformedSnapshot("it is no regular file");
    }
    long size = Files.size(file);
    if (size > octetsMax) {
      throw new MalformedSnapshot("it has " + size + " octets; at most " + octetsMax + " fit");
    }
    requireDigest(file, size);
    try (InputStream in = open(file)) {
      return read(new SnapshotInput(in));
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), CHUNK);
  }

  private static void requireDigest(Path file, long size) throws IOException, MalformedSnapshot {
    MessageDigest digest = Hash.newDigest();
    try (DataInputStream in = new DataInputStream(open(file))) {
      byte[] chunk = new byte[CHUNK];
      for (long left = size - Hash.SIZE; left > 0; ) {
        int n = in.read(chunk, 0, (int) Math.min(left, CHUNK));
        if (n < 0) {
          break;
        }
        digest.update(chunk, 0, n);
        left -= n;
      }
      if (!Hash.of(digest.digest()).equals(Hash.of(in.readNBytes(Hash.SIZE)))) {
        throw new MalformedSnapshot("it is torn: its digest is another");
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedSnapshot("it is torn: it ends too early");
    }
  }

  /** Reads the header where a snapshot begins. */
  public static SnapshotHeader read(SnapshotInput in) throws IOException, MalformedSnapshot {
    byte[] line = in.octets(FIRST_LINE.length());
    if (!FIRST_LINE.equals(new String(line, StandardCharsets.US_ASCII))) {
      throw new MalformedSnapshot("it does not begin with " + FIRST_LINE.strip());
    }
    Hash unit = Hash.of(in.octets(Hash.SIZE));
    try {
      return new SnapshotHeader(unit, new Earlier(in.i64(), in.i64(), in.i64()));
    } catch (IllegalArgumentException e) {
      throw new MalformedSnapshot("what it says of the time it took is impossible");
    }
  }

  /** Writes the header. */
  public void write(SnapshotOutput out) throws IOException {
    out.octets(FIRST_LINE.getBytes(StandardCharsets.US_ASCII));
    out.octets(unit.toArray());
    out.i64(taken.startMs());
    out.i64(taken.wallMs());
    out.i64(taken.cpuMs());
  }
}
