package org.almoner.workload.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.spec.FilePath;
import org.almoner.workload.spec.FilePattern;
import org.almoner.workload.spec.NamedFiles;

/** The files below an owner's folder, and what was found of them. */
final class OwnerFiles implements NamedFiles {
  /** "\0asm" and version 1. */
  private static final byte[] WASM = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final Map<Hash, Path> found = new LinkedHashMap<>();
  private long foundBytes;

  /** {@code folder} is a real path. */
  OwnerFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<String> fault(FilePath file) {
    try {
      requireFile(file);
      return Optional.empty();
    } catch (Unusable e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> fault(FilePattern pattern) {
    try {
      return names(pattern).isEmpty()
          ? Optional.of(pattern.text() + " matches nothing (looked in " + folder(pattern) + ")")
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds the file, or says why it cannot be used. */
  void requireFile(FilePath path) throws Unusable, IOException {
    Path file = folder.resolve(path.text());
    if (!Files.exists(file)) {
      throw new Unusable(path + " does not exist (looked in " + folder + ")");
    }
    if (!Files.isRegularFile(file)) {
      throw new Unusable(path + " is not a file: name one file");
    }
    if (!file.toRealPath().startsWith(folder)) {
      throw new Unusable(
          path + " is a link that leads out of " + folder + ": copy the file instead");
    }
  }

  /** Digests the file at {@code path}; the result carries {@code name}. */
  BlobRef digest(FilePath path, FilePath name) throws Unusable, IOException {
    requireFile(path);
    Path file = folder.resolve(path.text());
    if (Files.size(file) > BlobRef.BYTES_MAX) {
      throw new Unusable(
          path
              + " has "
              + Files.size(file)
              + " octets; at most "
              + BlobRef.BYTES_MAX
              + " go to one volunteer: cut it up");
    }
    MessageDigest digest = Hash.newDigest();
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        size += n;
      }
    }
    Hash hash = Hash.of(digest.digest());
    if (found.putIfAbsent(hash, file) == null) {
      foundBytes += size;
    }
    return new BlobRef(name.text(), hash, size);
  }

  /** Whether the file begins as a WebAssembly module of version 1 does. */
  boolean isWasm(FilePath path) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(path.text()))) {
      return Arrays.equals(in.readNBytes(WASM.length), WASM);
    }
  }

  /** The file's first octets, at most {@code max}. */
  byte[] octets(FilePath path, int max) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(path.text()))) {
      return in.readNBytes(max);
    }
  }

  /** Names of the files that fit, sorted; one more than allowed is enough to know. */
  List<String> names(FilePattern pattern) throws IOException {
    List<String> names = new ArrayList<>();
    Path from = folder(pattern);
    if (!Files.isDirectory(from)) {
      return names;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (pattern.fits(name) && Files.isRegularFile(entry)) {
          names.add(name);
        }
        if (names.size() > BatchUnits.Files.FILES_MAX) {
          break;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(names);
    return names;
  }

  /** Where the pattern looks. */
  Path folder(FilePattern pattern) {
    return folder.resolve(pattern.folder());
  }

  /** Everything digested so far, in that order. */
  Map<Hash, Path> found() {
    return found;
  }

  /** Octets of everything digested so far, each content once. */
  long foundBytes() {
    return foundBytes;
  }
}
