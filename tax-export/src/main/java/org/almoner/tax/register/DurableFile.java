package org.almoner.tax.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;

/** Private files that are on disk when the call returns, whole or not at all. */
public final class DurableFile {
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private DurableFile() {}

  /** Makes {@code folder} and its parents, readable by this account alone. */
  public static void privateFolder(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, FOLDER));
  }

  /** Writes beside, syncs, renames over {@code file}, and syncs the folder. */
  public static void write(Path file, byte[] octets) throws IOException {
    try {
      writeBeside(file, Bytes.of(octets));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(file);
  }

  /**
   * As {@link #write} for each, in folders made when they are missing; each folder is synced once.
   * Several threads wait for the disk at a time.
   */
  static void writeAll(Map<Path, Bytes> files) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (Path file : files.keySet()) {
      Path folder = folder(file);
      if (!Files.exists(folder)) {
        privateFolder(folder);
        syncFolder(folder);
      }
      folders.add(folder);
    }
    try {
      files.entrySet().parallelStream()
          .forEach(each -> writeBeside(each.getKey(), each.getValue()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files.keySet()) {
      Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE);
    }
    for (Path folder : folders) {
      syncFolder(folder.resolve("."));
    }
  }

  private static void writeBeside(Path file, Bytes octets) {
    Path beside = beside(file);
    try {
      Files.deleteIfExists(beside);
      Files.createFile(beside, attributes(file, FILE));
      try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        writeFully(out, octets.toArray());
        out.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is in no folder");
    }
    return folder;
  }

  /** Removes {@code file}, and what a crash left beside it, durably; whether it was there. */
  public static boolean delete(Path file) throws IOException {
    boolean beside = Files.deleteIfExists(beside(file));
    boolean there = Files.deleteIfExists(file);
    if (beside || there) {
      syncFolder(file);
    }
    return there;
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /** Makes {@code file}, empty and readable by this account alone, when it is missing. */
  static void makePrivate(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, attributes(file, FILE));
      syncFolder(file);
    }
  }

  private static void writeFully(FileChannel out, byte[] octets) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(octets);
    while (rest.hasRemaining()) {
      out.write(rest);
    }
  }

  private static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path path, FileAttribute<?> wanted) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix ? new FileAttribute<?>[] {wanted} : new FileAttribute<?>[0];
  }
}
