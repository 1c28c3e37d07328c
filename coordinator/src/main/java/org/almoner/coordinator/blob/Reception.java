package org.almoner.coordinator.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.almoner.protocol.bytes.Hash;

/**
 * A blob on its way in. Closing it before {@link #keep} leaves nothing behind.
 *
 * <p>Used by one thread at a time.
 */
public final class Reception implements AutoCloseable {
  private final Blobs blobs;
  private final Hash expected;
  private final long bytesMax;
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest = Hash.newDigest();
  private long received;

  Reception(Blobs blobs, Hash expected, long bytesMax) throws IOException {
    this.blobs = blobs;
    this.expected = expected;
    this.bytesMax = bytesMax;
    this.file = Files.createTempFile(blobs.incoming(), expected.toHex().substring(0, 8), ".part");
    this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /**
   * Takes the remaining octets of {@code piece}.
   *
   * @throws RefusedBlob when with them the blob is longer than allowed
   */
  public void write(ByteBuffer piece) throws IOException, RefusedBlob {
    received += piece.remaining();
    if (received > bytesMax) {
      throw new RefusedBlob(
          RefusedBlob.Reason.TOO_LARGE,
          "at most " + bytesMax + " octets are taken here and more came; send what was announced");
    }
    digest.update(piece.duplicate());
    while (piece.hasRemaining()) {
      channel.write(piece);
    }
  }

  /** Octets taken so far. */
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
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    force(shelf);
    return isNew;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
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
