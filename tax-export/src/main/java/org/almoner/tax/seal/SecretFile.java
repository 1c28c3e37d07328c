package org.almoner.tax.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that only its owner may read, written whole or not at all. */
final class SecretFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * The file's octets.
   *
   * @throws NoSuchFileException when there is no file
   * @throws IOException when others may read or write it, or it is larger than {@code max}
   */
  static byte[] read(Path path, int max) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such file");
    }
    if (posix(path)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      for (PosixFilePermission permission : OTHERS) {
        if (permissions.contains(permission)) {
          throw new IOException(
              path
                  + " has mode "
                  + PosixFilePermissions.toString(permissions)
                  + ", so that others can read or change it; run: chmod 600 "
                  + path);
        }
      }
    }
    if (Files.size(path) > max) {
      throw new IOException(path + " has " + Files.size(path) + " octets; at most " + max);
    }
    return Files.readAllBytes(path);
  }

  /**
   * Writes a new file; one that exists is never replaced.
   *
   * @throws FileAlreadyExistsException when another wrote it in the meantime
   */
  static void write(Path path, byte[] octets) throws IOException {
    Path draft = draft(path, octets);
    try {
      Files.createLink(path, draft);
    } catch (UnsupportedOperationException e) {
      Files.move(draft, path);
    }
    Files.deleteIfExists(draft);
    forceNames(path);
  }

  /** Puts a file in the place of another, in one step. */
  static void replace(Path path, byte[] octets) throws IOException {
    Files.move(draft(path, octets), path, StandardCopyOption.ATOMIC_MOVE);
    forceNames(path);
  }

  /** Keeps a file from being changed by mistake. */
  static void readOnly(Path path) throws IOException {
    if (posix(path)) {
      Files.setPosixFilePermissions(path, EnumSet.of(PosixFilePermission.OWNER_READ));
    }
  }

  private static Path draft(Path path, byte[] octets) throws IOException {
    Path folder = folder(path);
    Files.createDirectories(folder);
    Path draft = folder.resolve(path.getFileName() + ".new");
    Files.deleteIfExists(draft);
    FileAttribute<?>[] mode =
        posix(folder)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    try (FileChannel channel =
        FileChannel.open(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    return draft;
  }

  private static Path folder(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(path + " has no folder to be written to");
    }
    return folder;
  }

  private static void forceNames(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(folder(path), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean posix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
