package org.almoner.agent.world;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** The disk of this computer without the waiting for it: good for all but a real power cut. */
final class QuickDisk implements Disk {
  private final FsyncDisk disk = new FsyncDisk();

  @Override
  public void write(Path file, Bytes octets) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.write(beside, octets.toArray());
    Files.move(beside, file, ATOMIC_MOVE);
  }

  @Override
  public void writeSecret(Path file, Bytes octets) throws IOException {
    disk.writeSecret(file, octets);
  }

  @Override
  public void adopt(Path source, Path file) throws IOException {
    Files.move(source, file, ATOMIC_MOVE);
  }

  @Override
  public void moveDirectory(Path directory, Path to) throws IOException {
    Files.move(directory, to, ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
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
  public long free(Path directory) throws IOException {
    return disk.free(directory);
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
