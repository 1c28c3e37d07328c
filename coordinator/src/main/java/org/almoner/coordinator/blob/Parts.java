package org.almoner.coordinator.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.bytes.Hash;

/**
 * Beginnings of blobs whose sending broke off, so that their senders can go on where they stopped,
 * also after this process was killed.
 *
 * <p>A part belongs to whoever sent it: nobody learns from here what others are sending, and nobody
 * goes on with what others began. It is trusted for nothing: what was kept is hashed again with the
 * rest, and only the whole takes its name. The oldest make room for new ones, those of whoever
 * sends the new one before others'.
 */
public final class Parts {
  /** Most parts kept. */
  public static final int PARTS_MAX = 64;

  /** Most of these of one sender. */
  public static final int SENDER_PARTS_MAX = 8;

  /** Most octets in all parts together: 8 GiB. */
  public static final long BYTES_MAX = 8L << 30;

  /** How much older than the newest a part may be. */
  public static final Duration AGE_MAX = Duration.ofDays(3);

  static final String FOLDER = "parts";
  private static final int SENDER_DIGITS = 32;

  private final Blobs blobs;
  private final Path folder;
  private final Map<Path, Reception> coming = new HashMap<>();

  Parts(Blobs blobs, Path folder) {
    this.blobs = blobs;
    this.folder = folder;
  }

  private record Kept(Path file, long bytes, Instant at) {}

  /** Octets of the blob that are here from {@code sender}, from the first on. */
  public long received(Hash digest, String sender) throws IOException {
    try {
      return Files.size(file(digest, sender));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /**
   * Goes on with a blob, or begins it. A reception of the same part that is still open is ended:
   * its sender has lost it.
   *
   * @param from octets that the sender takes to be here; what lies behind them is dropped
   * @throws RefusedBlob when fewer are here, or the disk has no room to spare
   */
  public Reception receive(Hash expected, String sender, long from, long bytesMax)
      throws IOException, RefusedBlob {
    long most = Math.min(bytesMax, Blobs.BLOB_BYTES_MAX);
    long ahead = Math.max(0, most - from);
    blobs.keepRoom(ahead);
    Reception reception;
    try {
      reception = open(expected, sender, from, most, ahead);
    } catch (IOException | RuntimeException | RefusedBlob e) {
      blobs.came(ahead);
      throw e;
    }
    try {
      reception.goOn(from);
      return reception;
    } catch (IOException | RuntimeException e) {
      reception.close();
      throw e;
    }
  }

  private synchronized Reception open(
      Hash expected, String sender, long from, long bytesMax, long ahead)
      throws IOException, RefusedBlob {
    Path file = file(expected, sender);
    Reception lost = coming.remove(file);
    if (lost != null) {
      lost.abandon();
    }
    long here = received(expected, sender);
    if (from > here) {
      throw new RefusedBlob(
          RefusedBlob.Reason.OTHER_OFFSET,
          "the octets from "
              + from
              + " on were announced and only "
              + here
              + " are here; go on from "
              + here);
    }
    Reception reception = Reception.part(blobs, expected, bytesMax, ahead, file, this);
    coming.put(file, reception);
    makeRoom(file);
    return reception;
  }

  /** A reception that was not replaced by another has ended. */
  synchronized void over(Path file, Reception reception) {
    coming.remove(file, reception);
  }

  /**
   * Removes what is too old, and the oldest until the newest fits, its sender's own first; never
   * what is on its way.
   */
  private void makeRoom(Path newest) throws IOException {
    List<Kept> parts = new ArrayList<>();
    long bytes = 0;
    for (Kept part : all()) {
      if (!coming.containsKey(part.file())) {
        parts.add(part);
        bytes += part.bytes();
      }
    }
    parts.sort(
        Comparator.comparing((Kept part) -> !ofOne(part.file(), newest)).thenComparing(Kept::at));
    Instant oldest = Files.getLastModifiedTime(newest).toInstant().minus(AGE_MAX);
    int left = parts.size() + coming.size();
    long ofSender =
        parts.stream().filter(part -> ofOne(part.file(), newest)).count()
            + coming.keySet().stream().filter(file -> ofOne(file, newest)).count();
    for (Kept part : parts) {
      boolean own = ofOne(part.file(), newest);
      if (left > PARTS_MAX
          || bytes > BYTES_MAX
          || (own && ofSender > SENDER_PARTS_MAX)
          || part.at().isBefore(oldest)) {
        ofSender -= own ? 1 : 0;
        Files.deleteIfExists(part.file());
        left--;
        bytes -= part.bytes();
      }
    }
  }

  /** Whether both are of one sender, whose digits end their names. */
  private static boolean ofOne(Path file, Path other) {
    String name = file.toString();
    String sender = other.toString().substring(other.toString().length() - SENDER_DIGITS);
    return name.endsWith(sender);
  }

  private List<Kept> all() throws IOException {
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        try {
          all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
          // It has just become a blob.
        }
      }
    }
    return all;
  }

  private Path file(Hash digest, String sender) {
    Hash name = Hash.sha256(sender.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(digest.toHex() + "." + name.toHex().substring(0, SENDER_DIGITS));
  }
}
