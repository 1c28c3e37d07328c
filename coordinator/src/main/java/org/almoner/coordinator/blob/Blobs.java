package org.almoner.coordinator.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;

/**
 * A folder of files named by the SHA-256 of their octets: {@code ab/cdef...}, the first two
 * hexadecimal digits as a folder.
 *
 * <p>A file is there whole or not at all: octets arrive under {@code incoming/}, are hashed on the
 * way, written through to the disk, and only then take their name. What a crash leaves under {@code
 * incoming/} is removed at the next start; what is to be gone on with lies in {@link Parts}. A file
 * never changes; readers may hold it open as long as they like.
 */
public final class Blobs {
  /** Largest blob, in octets: 1 GiB. */
  public static final long BLOB_BYTES_MAX = BlobRef.BYTES_MAX;

  /** Space on the disk below which nothing more is taken, in octets: 256 MiB. */
  public static final long FREE_BYTES_MIN = 256L << 20;

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final String INCOMING = "incoming";

  private final Path folder;
  private final Path incoming;
  private final Senders senders;
  private final Parts parts;
  private final long freeBytesMin;

  /** Octets that were announced and are still to come. */
  private final AtomicLong ahead = new AtomicLong();

  private Blobs(Path folder, long freeBytesMin) {
    this.folder = folder;
    this.incoming = folder.resolve(INCOMING);
    this.senders = new Senders(folder.resolve(Senders.FOLDER));
    this.parts = new Parts(this, folder.resolve(Parts.FOLDER));
    this.freeBytesMin = freeBytesMin;
  }

  /** Opens or makes the folder, keeping {@link #FREE_BYTES_MIN} of its disk free. */
  public static Blobs open(Path folder) throws IOException {
    return open(folder, FREE_BYTES_MIN);
  }

  /**
   * Opens or makes the folder and removes what a crash left half received.
   *
   * @param freeBytesMin space on the disk below which nothing more is taken, in octets
   */
  public static Blobs open(Path folder, long freeBytesMin) throws IOException {
    Blobs blobs = new Blobs(folder, freeBytesMin);
    Files.createDirectories(blobs.incoming);
    Files.createDirectories(folder.resolve(Senders.FOLDER));
    Files.createDirectories(folder.resolve(Parts.FOLDER));
    try (DirectoryStream<Path> stale = Files.newDirectoryStream(blobs.incoming)) {
      for (Path file : stale) {
        Files.delete(file);
      }
    }
    return blobs;
  }

  /** Whether the blob is here, whole. */
  public boolean has(Hash digest) {
    return Files.isRegularFile(path(digest));
  }

  /** The blob's octets, counted; empty when it is not here. */
  public OptionalLong size(Hash digest) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(digest)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** Opens the blob for reading at any position; empty when it is not here. */
  public Optional<FileChannel> read(Hash digest) throws IOException {
    try {
      return Optional.of(FileChannel.open(path(digest), StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps {@code octets}, durably, when they hash to {@code expected}.
   *
   * @param bytesMax most octets taken, at most {@link #BLOB_BYTES_MAX}
   * @return whether the blob is new here
   * @throws RefusedBlob when they are too many, hash to something else, or the disk is full
   */
  public boolean put(Hash expected, InputStream octets, long bytesMax)
      throws IOException, RefusedBlob {
    try (Reception reception = receive(expected, bytesMax)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n = octets.read(chunk); n >= 0; n = octets.read(chunk)) {
        reception.write(ByteBuffer.wrap(chunk, 0, n));
      }
      return reception.keep();
    }
  }

  /**
   * Begins to receive a blob whose octets come piece by piece.
   *
   * @throws RefusedBlob when the disk has no room to spare
   */
  public Reception receive(Hash expected, long bytesMax) throws IOException, RefusedBlob {
    long most = Math.min(bytesMax, BLOB_BYTES_MAX);
    keepRoom(most);
    try {
      return Reception.whole(this, expected, most);
    } catch (IOException | RuntimeException e) {
      came(most);
      throw e;
    }
  }

  /** Keeps room for octets that are to come, beside those that others were promised. */
  void keepRoom(long octets) throws IOException, RefusedBlob {
    long others = ahead.getAndAdd(octets);
    boolean kept = false;
    try {
      requireRoom(octets, others);
      kept = true;
    } finally {
      if (!kept) {
        came(octets);
      }
    }
  }

  /** Octets for which room was kept are on the disk, or will not come. */
  void came(long octets) {
    ahead.addAndGet(-octets);
  }

  private void requireRoom(long octets, long others) throws IOException, RefusedBlob {
    long free = Files.getFileStore(incoming).getUsableSpace();
    if (free - others - octets < freeBytesMin) {
      throw new RefusedBlob(
          RefusedBlob.Reason.NO_SPACE,
          octets
              + " octets are announced and "
              + others
              + " of other blobs are on their way; the disk has "
              + free
              + " octets left and "
              + freeBytesMin
              + " are kept free;"
              + " try again when the operator has made room");
    }
  }

  /** Beginnings of blobs that their senders may go on with. */
  public Parts parts() {
    return parts;
  }

  /** Which agent sent which of these blobs. */
  public Senders senders() {
    return senders;
  }

  Path incoming() {
    return incoming;
  }

  Path path(Hash digest) {
    String hex = digest.toHex();
    return folder.resolve(hex.substring(0, 2)).resolve(hex.substring(2));
  }
}
