package org.almoner.ledger.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files that are either there, whole and durable, or not there: written under another name, forced
 * to disk, renamed, and the directories forced too.
 */
public final class DurableFiles {
  private static final String UNFINISHED = ".tmp";

  private DurableFiles() {}

  /** Writes all files; on return all are durable. Each alone is atomic, all together are not. */
  public static void write(Map<Path, byte[]> files) throws IOException {
    Set<Path> directories = new TreeSet<>();
    for (Path file : files.keySet()) {
      createParents(file, directories);
    }
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      force(unfinished(file.getKey()), file.getValue());
    }
    for (Path file : files.keySet()) {
      Files.move(unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
      directories.add(parent(file));
    }
    forceNames(directories);
  }

  /**
   * Makes a directory, and those above it that are missing, durably. One that is there already may
   * have been made by a process that was killed before it could sync: its name is made durable too.
   */
  public static void createDirectories(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      createDirectories(parent);
      Files.createDirectories(directory);
    }
    try {
      force(parent);
    } catch (AccessDeniedException e) {
      // Whose names we may not read, we did not make a name in.
      return;
    }
  }

  /**
   * Makes the names in these directories durable, whoever gave them: a process that is killed
   * between a rename and its sync leaves a name that is read, and lost by the next power cut.
   */
  public static void forceNames(Collection<Path> directories) throws IOException {
    for (Path directory : directories) {
      force(directory);
    }
  }

  private static Path unfinished(Path file) {
    return file.resolveSibling("." + file.getFileName() + UNFINISHED);
  }

  static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("a file to write must have a directory: " + file);
    }
    return parent;
  }

  /** Creates what is missing above {@code file} and notes every directory that gained a child. */
  private static void createParents(Path file, Set<Path> changed) throws IOException {
    Path parent = file.getParent();
    if (parent == null || Files.isDirectory(parent)) {
      return;
    }
    createParents(parent, changed);
    Files.createDirectories(parent);
    changed.add(parent(parent));
  }

  private static void force(Path file, byte[] octets) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(octets);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    // Only POSIX systems let a directory be opened; elsewhere a rename is durable by itself.
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
