package org.almoner.agent.durable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only the owner of this process may open. */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> MODE_0600 =
      PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** Makes an empty file that nobody else may open, not even between two system calls. */
  static void createFile(Path file) throws IOException {
    if (posix(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(MODE_0600));
      return;
    }
    Files.createFile(file);
    File plain = file.toFile();
    // Take the right from everybody, then give it back to the owner.
    boolean done =
        plain.setReadable(false, false)
            && plain.setWritable(false, false)
            && plain.setReadable(true, true)
            && plain.setWritable(true, true);
    if (!done) {
      throw new IOException(file + " cannot be closed to other users of this computer");
    }
  }

  /**
   * Whether no group and no stranger may open {@code file}. Where the file system has no such
   * permissions this cannot be told and the answer is yes.
   */
  public static boolean holds(Path file) throws IOException {
    return !posix(file) || MODE_0600.containsAll(Files.getPosixFilePermissions(file));
  }

  private static boolean posix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
