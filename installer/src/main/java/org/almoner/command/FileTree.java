package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.register.DurableFile;

/** Files that are copied with the folders they lie in, for this account alone. */
final class FileTree {
  private static final int CHUNK = 1 << 16;

  private FileTree() {}

  /** Copies a folder, durably; one that is not there is none. */
  static void copy(Path from, Path to) throws IOException {
    copy(from, to, file -> {});
  }

  /** As the other, and tells {@code done} of each file that was copied. */
  static void copy(Path from, Path to, Consumer<Path> done) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    for (Path path : all(from)) {
      Path at = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        DurableFile.privateFolder(at);
      } else if (Files.isRegularFile(path)) {
        copyFile(path, at);
        done.accept(at);
      }
    }
  }

  /** Copies the files of one folder whose names end so; others may be there for a moment only. */
  static void copyNamed(Path from, String ending, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    DurableFile.privateFolder(to);
    for (Path path : all(from)) {
      if (path.toString().endsWith(ending)) {
        copyFile(path, to.resolve(path.getFileName().toString()));
      }
    }
  }

  /** Everything below a folder and itself, each folder before what is in it. */
  static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  /** Copies one file, durably; gives the SHA-256 of what was written. */
  static Hash copyFile(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    DurableFile.write(to, new byte[0]);
    MessageDigest digest = Hash.newDigest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(from);
        FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE);
        OutputStream out = java.nio.channels.Channels.newOutputStream(channel)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
        out.write(chunk, 0, read);
      }
      channel.force(true);
    }
    return Hash.of(digest.digest());
  }

  /** SHA-256 of a file. */
  static Hash digest(Path file) throws IOException {
    MessageDigest digest = Hash.newDigest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("there is no " + file, e);
    }
    return Hash.of(digest.digest());
  }
}
