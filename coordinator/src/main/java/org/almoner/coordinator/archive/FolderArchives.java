package org.almoner.coordinator.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;

/**
 * Archives as files of one folder, {@code <batch>.archive}.
 *
 * <p>A file is written under another name, written through to the disk, read back and compared, and
 * only then takes its name; the folder is written through, too.
 */
public final class FolderArchives implements ArchiveShelf {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Path folder;

  private FolderArchives(Path folder) {
    this.folder = folder;
  }

  /** Opens or makes the folder. */
  public static FolderArchives open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new FolderArchives(folder);
  }

  @Override
  public Kept keep(BatchId batch, Rows rows) throws IOException {
    Path coming = folder.resolve(batch.toHex() + ".coming");
    try {
      Kept kept = write(coming, rows);
      readBack(coming, kept);
      Files.move(coming, file(batch), StandardCopyOption.ATOMIC_MOVE);
      force(folder);
      return kept;
    } finally {
      Files.deleteIfExists(coming);
    }
  }

  private static Kept write(Path file, Rows rows) throws IOException {
    MessageDigest digest = Hash.newDigest();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ArchiveWriter writer =
          new ArchiveWriter(
              new BufferedOutputStream(
                  new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER_BYTES));
      rows.each(writer);
      writer.end();
      channel.force(true);
      return new Kept(Hash.of(digest.digest()), channel.size(), writer.rows());
    }
  }

  private static void readBack(Path file, Kept kept) throws IOException {
    MessageDigest digest = Hash.newDigest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] piece = new byte[BUFFER_BYTES];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    if (!Hash.of(digest.digest()).equals(kept.digest())) {
      throw new IOException("archive " + file + " is not what was written; nothing was removed");
    }
    try (ArchiveReader reader = new ArchiveReader(file)) {
      reader.check();
    }
  }

  @Override
  public Optional<Bytes> find(BatchId batch, String key) throws IOException {
    try (ArchiveReader reader = new ArchiveReader(file(batch))) {
      return reader.find(key);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "archive " + file(batch) + " is missing; take it from a copy, archives never change", e);
    }
  }

  private Path file(BatchId batch) {
    return folder.resolve(batch.toHex() + ".archive");
  }

  /** Makes a new name in {@code folder} survive a power failure. */
  private static void force(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
