package org.almoner.ledger.append;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;

/**
 * A log store in files. The tiles lie under a public directory exactly as tlog-tiles names them, so
 * that any web server can serve it; the staged batch lies in a private one, for its rider may be
 * secret.
 *
 * <p>Partial tiles are deleted once the full one is durable.
 */
public final class FileLogStore implements LogStore, Closeable {
  private final TileDirectory tiles;
  private final Path stagedFile;
  private final WriterLock lock;

  /**
   * Directories of tiles whose names a sync of this process covers. What a process before left
   * there is read, and may yet be lost.
   */
  private final Set<Path> durable = new HashSet<>();

  private FileLogStore(TileDirectory tiles, Path stagedFile, WriterLock lock) {
    this.tiles = tiles;
    this.stagedFile = stagedFile;
    this.lock = lock;
  }

  /**
   * Opens or creates a store and keeps other processes out until it is closed.
   *
   * @throws IOException also when another process holds it
   */
  public static FileLogStore open(Path publicDirectory, Path privateDirectory) throws IOException {
    DurableFiles.createDirectories(publicDirectory);
    WriterLock lock = WriterLock.take(privateDirectory.resolve("writer.lock"));
    try {
      DurableFiles.forceNames(List.of(privateDirectory)); // the staged batch's
    } catch (IOException e) {
      lock.close();
      throw e;
    }
    return new FileLogStore(
        new TileDirectory(publicDirectory), privateDirectory.resolve("staged"), lock);
  }

  @Override
  public void stage(Staged staged) throws IOException {
    Optional<Staged> held = staged();
    if (held.isPresent() && held.get().epoch() >= staged.epoch()) {
      throw new IOException(
          "batch "
              + held.get().epoch()
              + " is already staged, so batch "
              + staged.epoch()
              + " comes from another writer");
    }
    DurableFiles.write(Map.of(stagedFile, staged.encode()));
  }

  @Override
  public Optional<Staged> staged() throws IOException {
    try {
      return Optional.of(Staged.parse(Files.readAllBytes(stagedFile)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (LogRefused e) {
      throw new IOException(stagedFile + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void write(Map<TilePath, Bytes> written) throws IOException {
    Map<Path, byte[]> missing = new HashMap<>();
    for (Map.Entry<TilePath, Bytes> tile : written.entrySet()) {
      Optional<Bytes> held = read(tile.getKey());
      if (held.isEmpty()) {
        missing.put(file(tile.getKey()), tile.getValue().toArray());
      } else if (!held.get().equals(tile.getValue())) {
        throw new IOException(
            tile.getKey() + " is already there with other octets; it was left as it is");
      }
    }
    try {
      DurableFiles.write(missing);
      forceNames(written.keySet());
    } catch (IOException e) {
      durable.clear();
      throw e;
    }
    for (TilePath path : written.keySet()) {
      if (path.isFull()) {
        deletePartials(path);
      }
    }
  }

  /** Once for each directory, for it may be older than this process. */
  private void forceNames(Set<TilePath> paths) throws IOException {
    Set<Path> unknown = new TreeSet<>();
    for (TilePath path : paths) {
      Path at = file(path);
      while (!at.equals(tiles.directory())) {
        at = DurableFiles.parent(at);
        unknown.add(at);
      }
    }
    unknown.removeAll(durable);
    DurableFiles.forceNames(unknown);
    durable.addAll(unknown);
  }

  private void deletePartials(TilePath full) throws IOException {
    Path directory = file(full).resolveSibling(file(full).getFileName() + ".p");
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> partials = new ArrayList<>();
    try (Stream<Path> children = Files.list(directory)) {
      children.forEach(partials::add);
    }
    for (Path partial : partials) {
      Files.delete(partial);
    }
    Files.delete(directory);
  }

  @Override
  public Optional<Bytes> read(TilePath path) throws IOException {
    return tiles.read(path);
  }

  private Path file(TilePath path) {
    return tiles.directory().resolve(path.toString());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
