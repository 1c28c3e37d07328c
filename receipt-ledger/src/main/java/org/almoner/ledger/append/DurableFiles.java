package org.almoner.ledger.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    for (Path directory : directories) {
      force(directory);
    }
  }

  private static Path unfinished(Path file) {
    return file.resolveSibling("." + file.getFileName() + UNFINISHED);
  }

  private static Path parent(Path file) throws IOException {
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
