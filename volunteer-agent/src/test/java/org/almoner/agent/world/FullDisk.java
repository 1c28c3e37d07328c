package org.almoner.agent.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * A disk on which every second change of each file finds no room, and leaves half a file beside.
 */
public final class FullDisk implements Disk {
  private final QuickDisk disk = new QuickDisk();
  private final Set<Path> failedLast = new HashSet<>();
  private int failures;

  /** Room that it says is left. */
  public volatile long free = Long.MAX_VALUE;

  /** Whether it fails now; it says how much room there is all the time. */
  public volatile boolean failing = true;

  /** Whether there is no room at all. */
  public volatile boolean none;

  public synchronized int failures() {
    return failures;
  }

  private synchronized void room(Path file, Optional<Bytes> octets) throws IOException {
    if (!none && (!failing || failedLast.remove(file))) {
      return;
    }
    failedLast.add(file);
    failures++;
    if (octets.isPresent()) {
      byte[] whole = octets.get().toArray();
      Files.write(
          file.resolveSibling(file.getFileName() + UNFINISHED),
          Arrays.copyOf(whole, whole.length / 2));
    }
    throw new IOException(file + ": No space left on device");
  }

  @Override
  public void write(Path file, Bytes octets) throws IOException {
    room(file, Optional.of(octets));
    disk.write(file, octets);
  }

  @Override
  public void writeSecret(Path file, Bytes octets) throws IOException {
    disk.writeSecret(file, octets);
  }

  @Override
  public void adopt(Path source, Path file) throws IOException {
    room(file, Optional.empty());
    disk.adopt(source, file);
  }

  @Override
  public void moveDirectory(Path directory, Path to) throws IOException {
    disk.moveDirectory(directory, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      room(file, Optional.empty());
    }
    disk.delete(file);
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    disk.makeDirectory(directory);
  }

  @Override
  public Optional<Bytes> read(Path file, int max) throws IOException {
    return disk.read(file, max);
  }

  @Override
  public long size(Path file) throws IOException {
    return disk.size(file);
  }

  @Override
  public Hash digest(Path file) throws IOException {
    return disk.digest(file);
  }

  @Override
  public long free(Path directory) {
    return free;
  }

  @Override
  public boolean isSecret(Path file) throws IOException {
    return disk.isSecret(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return disk.list(directory);
  }
}
