package org.almoner.coordinator.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;

/**
 * A blob on its way in. Closing it before {@link #keep} leaves nothing behind, unless it is a part
 * of a {@link Parts}: what came of that is kept for the sender to go on, as long as nothing of it
 * was refused.
 *
 * <p>Used by one thread at a time, but for {@link #abandon}.
 */
public final class Reception implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Blobs blobs;
  private final Hash expected;
  private final long bytesMax;
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest = Hash.newDigest();
  private final Optional<Parts> parts;
  private boolean refused;
  private volatile boolean abandoned;
  private long received;
  private long ahead;

  /** Room for the octets {@code ahead} was kept before. */
  private Reception(
      Blobs blobs, Hash expected, long bytesMax, long ahead, Path file, Optional<Parts> parts)
      throws IOException {
    this.blobs = blobs;
    this.expected = expected;
    this.bytesMax = bytesMax;
    this.ahead = ahead;
    this.file = file;
    this.parts = parts;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Of octets that are all sent at once. */
  static Reception whole(Blobs blobs, Hash expected, long bytesMax) throws IOException {
    Path file = Files.createTempFile(blobs.incoming(), expected.toHex().substring(0, 8), ".part");
    return new Reception(blobs, expected, bytesMax, bytesMax, file, Optional.empty());
  }

  /** Of one of {@code parts}, to be gone on with. */
  static Reception part(
      Blobs blobs, Hash expected, long bytesMax, long ahead, Path file, Parts parts)
      throws IOException {
    return new Reception(blobs, expected, bytesMax, ahead, file, Optional.of(parts));
  }

  /**
   * Takes over the first {@code from} octets that are here and drops what lies behind them. The
   * digest goes over all of it, so they are read once more.
   */
  void goOn(long from) throws IOException {
    channel.truncate(from);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    while (received < from) {
      chunk.clear();
      int n = channel.read(chunk, received);
      if (n < 0) {
        throw new IOException(file + " is shorter than it was");
      }
      received += n;
      digest.update(chunk.flip());
    }
    channel.position(from);
  }

  /**
   * Takes the remaining octets of {@code piece}.
   *
   * @throws RefusedBlob when with them the blob is longer than allowed
   */
  public void write(ByteBuffer piece) throws IOException, RefusedBlob {
    if (received + piece.remaining() > bytesMax) {
      refused = true;
      throw new RefusedBlob(
          RefusedBlob.Reason.TOO_LARGE,
          "at most " + bytesMax + " octets are taken here and more came; send what was announced");
    }
    digest.update(piece.duplicate());
    while (piece.hasRemaining()) {
      int written = channel.write(piece);
      received += written;
      came(written);
    }
  }

  /** Room for them need not be kept any more. */
  private synchronized void came(long octets) {
    long kept = Math.min(octets, ahead);
    ahead -= kept;
    blobs.came(kept);
  }

  /** Octets that are here, those of earlier tries included. */
  public long received() {
    return received;
  }

  /**
   * Gives the blob its name, durably. A blob that is here already is replaced by the same octets,
   * so that the time this takes does not tell whether somebody sent it before.
   *
   * @return whether the blob is new here
   * @throws RefusedBlob when its octets hash to another digest
   */
  public boolean keep() throws IOException, RefusedBlob {
    Hash actual = Hash.of(digest.digest());
    if (!actual.equals(expected)) {
      refused = true;
      throw new RefusedBlob(
          RefusedBlob.Reason.OTHER_DIGEST,
          received
              + " octets came that hash to "
              + actual
              + ", not to "
              + expected
              + "; hash the file again and send it under its own digest");
    }
    boolean isNew = !blobs.has(expected);
    channel.force(true);
    Path target = blobs.path(expected);
    Path shelf = parentOf(target);
    if (!Files.isDirectory(shelf)) {
      Files.createDirectories(shelf);
      force(parentOf(shelf));
    }
    give(target);
    force(shelf);
    return isNew;
  }

  /** Whoever goes on with the part finds it before this or not at all. */
  private void give(Path target) throws IOException {
    synchronized (parts.isPresent() ? parts.get() : this) {
      if (abandoned) {
        throw new ClosedChannelException();
      }
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Takes nothing more: its sender has begun again. Asked from another thread. */
  void abandon() throws IOException {
    abandoned = true;
    channel.close();
  }

  @Override
  public void close() throws IOException {
    came(Long.MAX_VALUE);
    channel.close();
    if (parts.isEmpty() || (refused && !abandoned)) {
      Files.deleteIfExists(file);
    }
    parts.ifPresent(kept -> kept.over(file, this));
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException(path + " has no folder");
    }
    return parent;
  }

  /** Makes a new name in {@code folder} survive a power failure. */
  private static void force(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
