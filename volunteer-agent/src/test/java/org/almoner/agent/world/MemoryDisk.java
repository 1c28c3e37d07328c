package org.almoner.agent.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.agent.durable.DamagedFile;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** A home that was read into memory, so that thousands of damages to it cost no disk. */
public final class MemoryDisk implements Disk {
  private final NavigableMap<Path, Bytes> files;

  private MemoryDisk(NavigableMap<Path, Bytes> files) {
    this.files = files;
  }

  /** Everything that lies below {@code home} now. */
  public static MemoryDisk of(Path home) throws IOException {
    NavigableMap<Path, Bytes> files = new TreeMap<>();
    try (var all = Files.walk(home)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Bytes.of(Files.readAllBytes(file)));
      }
    }
    return new MemoryDisk(files);
  }

  /** The same with one file changed. */
  public MemoryDisk with(Path file, Bytes octets) {
    NavigableMap<Path, Bytes> changed = new TreeMap<>(files);
    changed.put(file, octets);
    return new MemoryDisk(changed);
  }

  public Map<Path, Bytes> files() {
    return files;
  }

  @Override
  public void write(Path file, Bytes octets) {
    files.put(file, octets);
  }

  @Override
  public void writeSecret(Path file, Bytes octets) {
    write(file, octets);
  }

  @Override
  public void adopt(Path source, Path file) throws IOException {
    files.put(file, held(source));
    files.remove(source);
  }

  @Override
  public void moveDirectory(Path directory, Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(Path file) {
    files.remove(file);
  }

  @Override
  public void makeDirectory(Path directory) {}

  @Override
  public Optional<Bytes> read(Path file, int max) throws IOException {
    Optional<Bytes> octets = Optional.ofNullable(files.get(file));
    if (octets.isPresent() && octets.get().size() > max) {
      throw new DamagedFile(file, "it is too long");
    }
    return octets;
  }

  @Override
  public long size(Path file) throws IOException {
    return held(file).size();
  }

  @Override
  public Hash digest(Path file) throws IOException {
    return Hash.sha256(held(file).toArray());
  }

  @Override
  public long free(Path directory) {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean isSecret(Path file) {
    return true;
  }

  @Override
  public List<Path> list(Path directory) {
    List<Path> found = new ArrayList<>();
    for (Path file : files.keySet()) {
      if (directory.equals(file.getParent())) {
        found.add(file);
      }
    }
    return found;
  }

  private Bytes held(Path file) throws IOException {
    Bytes octets = files.get(file);
    if (octets == null) {
      throw new NoSuchFileException(file.toString());
    }
    return octets;
  }
}
