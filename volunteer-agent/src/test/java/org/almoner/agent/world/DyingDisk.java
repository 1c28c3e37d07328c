package org.almoner.agent.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** A disk whose computer loses power at a chosen change, and stays off. */
public final class DyingDisk implements Disk {
  /** When, around the change. */
  public enum Moment {
    /** Nothing of it is on disk. */
    BEFORE,
    /** Half a file lies beside the one that was to be replaced; only writes have such a moment. */
    AMID,
    /** All of it is on disk, but nobody was told. */
    AFTER
  }

  private final QuickDisk disk = new QuickDisk();
  private final Moment moment;
  private final int at;
  private int changes;
  private volatile boolean dead;

  public DyingDisk(Moment moment, int at) {
    this.moment = moment;
    this.at = at;
  }

  /** A disk that never dies. */
  public static DyingDisk never() {
    return new DyingDisk(Moment.BEFORE, Integer.MAX_VALUE);
  }

  public boolean died() {
    return dead;
  }

  private interface Change {
    void make() throws IOException;
  }

  private synchronized void change(Path file, Optional<Bytes> octets, Change change)
      throws IOException {
    alive();
    boolean counts = moment != Moment.AMID || octets.isPresent();
    boolean now = counts && changes++ == at;
    if (now && moment == Moment.AMID) {
      byte[] whole = octets.orElseThrow().toArray();
      Files.write(
          file.resolveSibling(file.getFileName() + UNFINISHED),
          Arrays.copyOf(whole, whole.length / 2));
    }
    if (!now || moment == Moment.AFTER) {
      change.make();
    }
    dead = now;
    alive();
  }

  private void alive() throws IOException {
    if (dead) {
      // No agent is left that could try again.
      throw new UncheckedIOException(new IOException("the power is off"));
    }
  }

  @Override
  public void write(Path file, Bytes octets) throws IOException {
    change(file, Optional.of(octets), () -> disk.write(file, octets));
  }

  @Override
  public void writeSecret(Path file, Bytes octets) throws IOException {
    change(file, Optional.of(octets), () -> disk.writeSecret(file, octets));
  }

  @Override
  public void adopt(Path source, Path file) throws IOException {
    change(file, Optional.empty(), () -> disk.adopt(source, file));
  }

  @Override
  public void moveDirectory(Path directory, Path to) throws IOException {
    change(to, Optional.empty(), () -> disk.moveDirectory(directory, to));
  }

  @Override
  public void delete(Path file) throws IOException {
    change(file, Optional.empty(), () -> disk.delete(file));
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    change(directory, Optional.empty(), () -> disk.makeDirectory(directory));
  }

  @Override
  public Optional<Bytes> read(Path file, int max) throws IOException {
    alive();
    return disk.read(file, max);
  }

  @Override
  public long size(Path file) throws IOException {
    alive();
    return disk.size(file);
  }

  @Override
  public Hash digest(Path file) throws IOException {
    return disk.digest(file);
  }

  @Override
  public long free(Path directory) throws IOException {
    alive();
    return disk.free(directory);
  }

  @Override
  public boolean isSecret(Path file) throws IOException {
    return disk.isSecret(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    alive();
    return disk.list(directory);
  }
}
