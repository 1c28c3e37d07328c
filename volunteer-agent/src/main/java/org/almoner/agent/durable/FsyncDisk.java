package org.almoner.agent.durable;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The disk of this computer: write beside, fsync, rename, fsync the directory.
 *
 * <p>A directory cannot be opened for fsync on Windows; there the rename is as durable as NTFS
 * makes it.
 */
public final class FsyncDisk implements Disk {
  /** Read at a time: 64 KiB. */
  private static final int PIECE = 64 * 1024;

  private static final boolean DIRECTORIES_SYNC =
      !System.getProperty("os.name", "").startsWith("Windows");

  @Override
  public void write(Path file, Bytes octets) throws IOException {
    Path beside = beside(file);
    Files.deleteIfExists(beside);
    fill(beside, octets);
    put(beside, file);
  }

  @Override
  public void writeSecret(Path file, Bytes octets) throws IOException {
    Path beside = beside(file);
    Files.deleteIfExists(beside);
    // Private before the first octet is in it: nobody may open it in between.
    OwnerOnly.createFile(beside);
    fill(beside, octets);
    put(beside, file);
  }

  private static void put(Path beside, Path file) throws IOException {
    Files.move(beside, file, ATOMIC_MOVE);
    syncDirectory(file);
  }

  @Override
  public void adopt(Path source, Path file) throws IOException {
    toTheEnd(
        () -> {
          try (FileChannel channel = FileChannel.open(source, WRITE)) {
            channel.force(true);
          }
        });
    Files.move(source, file, ATOMIC_MOVE);
    syncDirectory(file);
  }

  @Override
  public void moveDirectory(Path directory, Path to) throws IOException {
    Files.move(directory, to, ATOMIC_MOVE);
    syncDirectory(to);
    syncDirectory(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncDirectory(file);
    }
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.toAbsolutePath().getParent();
    if (above != null) {
      makeDirectory(above);
    }
    Files.createDirectories(directory);
    syncDirectory(directory);
  }

  @Override
  public Optional<Bytes> read(Path file, int max) throws IOException {
    List<Bytes> found = new ArrayList<>();
    try {
      toTheEnd(
          () -> {
            try (InputStream in = Files.newInputStream(file)) {
              found.add(Bytes.of(in.readNBytes(max + 1)));
            }
          });
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (found.get(0).size() > max) {
      throw new DamagedFile(file, "it holds more than " + max + " octets, the most expected here");
    }
    return Optional.of(found.get(0));
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.size(file);
  }

  @Override
  public Hash digest(Path file) throws IOException {
    List<Hash> found = new ArrayList<>();
    toTheEnd(
        () -> {
          MessageDigest digest = Hash.newDigest();
          byte[] piece = new byte[PIECE];
          try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
              digest.update(piece, 0, n);
            }
          }
          found.add(Hash.of(digest.digest()));
        });
    return found.get(0);
  }

  @Override
  public long free(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  @Override
  public boolean isSecret(Path file) throws IOException {
    return OwnerOnly.holds(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
              && !entry.toString().endsWith(UNFINISHED)) {
            files.add(entry);
          }
        }
      }
    }
    Collections.sort(files);
    return files;
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  private static void fill(Path file, Bytes octets) throws IOException {
    try {
      fillOrFail(file, octets);
    } catch (IOException e) {
      // On a full disk what was begun takes the room that the rest of the agent needs.
      Files.deleteIfExists(file);
      throw new IOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void fillOrFail(Path file, Bytes octets) throws IOException {
    toTheEnd(
        () -> {
          try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(octets.toArray());
            while (rest.hasRemaining()) {
              channel.write(rest);
            }
            channel.force(true);
          }
        });
  }

  private static void syncDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (DIRECTORIES_SYNC && directory != null) {
      toTheEnd(
          () -> {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
              channel.force(true);
            }
          });
    }
  }

  /**
   * Does a step again when an interrupt broke it off: a thread that is told to stop still finishes
   * what it keeps. The interrupt is passed on afterwards.
   */
  private static void toTheEnd(Step step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          step.run();
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
