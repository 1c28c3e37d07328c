package org.almoner.coordinator.opening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;

/** The key file on disk, mode 0600. */
public final class FileKeyShelf implements KeyShelf {
  /** Name of the file among the coordinator's keys. */
  public static final String FILE = "openings.keys";

  private static final String UNFINISHED = ".tmp";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  /** Keeps the file of that name; its folder is made when missing. */
  public FileKeyShelf(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public Optional<Bytes> read() throws IOException {
    // What a crash left of a replacement may hold keys that were to be destroyed later.
    Files.deleteIfExists(unfinished());
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    requireOwnerOnly(file);
    return Optional.of(Bytes.of(Files.readAllBytes(file)));
  }

  @Override
  public void append(Bytes octets) throws IOException {
    // Not created here: a file that has gone since the start is not begun again in silence.
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      write(channel, octets);
    }
  }

  @Override
  public void replace(Bytes octets) throws IOException {
    Path folder = folder();
    Files.createDirectories(folder);
    writeNew(unfinished(), octets);
    Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  /** Refuses a key file that others than its owner may read. */
  static void requireOwnerOnly(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new IOException(
          "key file "
              + file
              + " has mode "
              + PosixFilePermissions.toString(permissions)
              + " and may have been read by others; run chmod 600, and when you are not sure that"
              + " nobody did, tell the donors");
    }
  }

  /** Writes a file that its owner alone may read, in place of one that a crash left. */
  static void writeNew(Path file, Bytes octets) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      write(channel, octets);
    }
  }

  /** Makes the names in a folder durable. */
  static void sync(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static void write(FileChannel channel, Bytes octets) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(octets.toArray());
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.force(true);
  }

  private Path unfinished() {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  private Path folder() throws IOException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IOException("key file " + file + " has no folder");
    }
    return folder;
  }
}
