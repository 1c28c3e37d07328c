package org.almoner.simulation.disk;

import java.io.IOException;
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

/**
 * An agent's disk, in memory. It keeps the promise of every disk an agent works on: what returned
 * has happened, and what did not return has happened as a whole or not at all.
 */
public final class MemoryDisk implements Disk {
  private static final int NEVER = -1;

  private NavigableMap<Path, Bytes> files = new TreeMap<>();
  private int changesLeft = NEVER;
  private boolean lastIsKept;

  /** Everything that a disk holds. */
  public static final class Copy {
    private final NavigableMap<Path, Bytes> files;

    private Copy(NavigableMap<Path, Bytes> files) {
      this.files = new TreeMap<>(files);
    }
  }

  /**
   * Cuts the power at the change that comes after {@code changes} more.
   *
   * @param lastIsKept whether that change is on the disk, though nobody was told
   */
  public void cutAfter(int changes, boolean lastIsKept) {
    this.changesLeft = changes;
    this.lastIsKept = lastIsKept;
  }

  /** What it holds now. */
  public Copy copy() {
    return new Copy(files);
  }

  /** Holds what that copy does, and nothing else. */
  public void restore(Copy copy) {
    files = new TreeMap<>(copy.files);
  }

  /** Holds nothing any more. */
  public void wipe() {
    files = new TreeMap<>();
  }

  /** Drops a file that nobody needs, without a change that could fail. */
  public void forget(Path file) {
    files.remove(file);
  }

  private void change(Runnable change) throws PowerCut {
    if (changesLeft == 0) {
      changesLeft = NEVER;
      if (lastIsKept) {
        change.run();
      }
      throw new PowerCut();
    }
    if (changesLeft > 0) {
      changesLeft--;
    }
    change.run();
  }

  @Override
  public void write(Path file, Bytes octets) throws IOException {
    change(() -> files.put(file, octets));
  }

  @Override
  public void writeSecret(Path file, Bytes octets) throws IOException {
    write(file, octets);
  }

  @Override
  public void adopt(Path source, Path file) throws IOException {
    Bytes octets = held(source);
    change(
        () -> {
          files.remove(source);
          files.put(file, octets);
        });
  }

  @Override
  public void moveDirectory(Path directory, Path to) throws IOException {
    change(
        () -> {
          NavigableMap<Path, Bytes> moved = new TreeMap<>();
          files.forEach(
              (file, octets) ->
                  moved.put(
                      file.startsWith(directory) ? to.resolve(directory.relativize(file)) : file,
                      octets));
          files = moved;
        });
  }

  @Override
  public void delete(Path file) throws IOException {
    if (files.containsKey(file)) {
      change(() -> files.remove(file));
    }
  }

  @Override
  public void makeDirectory(Path directory) {
    // A directory is where its files are.
  }

  @Override
  public Optional<Bytes> read(Path file, int max) throws IOException {
    Bytes octets = files.get(file);
    if (octets != null && octets.size() > max) {
      throw new DamagedFile(file, "it holds more than " + max + " octets");
    }
    return Optional.ofNullable(octets);
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

  private Bytes held(Path file) throws IOException {
    Bytes octets = files.get(file);
    if (octets == null) {
      throw new NoSuchFileException(file.toString());
    }
    return octets;
  }

  @Override
  public boolean isSecret(Path file) {
    return true;
  }

  @Override
  public List<Path> list(Path directory) {
    List<Path> found = new ArrayList<>();
    for (Map.Entry<Path, Bytes> file : files.tailMap(directory, false).entrySet()) {
      if (!file.getKey().startsWith(directory)) {
        break;
      }
      if (directory.equals(file.getKey().getParent())) {
        found.add(file.getKey());
      }
    }
    return found;
  }
}
