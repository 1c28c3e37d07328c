package org.almoner.agent.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;

/**
 * Blobs that were downloaded once, each verified again whenever it is used; those not used for
 * longest make room for new ones.
 *
 * <p>Safe for use by several threads.
 */
public final class BlobCache {
  private final Path directory;
  private final Path incoming;
  private final Disk disk;
  private final InstantSource clock;
  private final long octetsMax;
  private final List<Hash> inUse = new ArrayList<>();
  private long arrivals;

  /**
   * Keeps its files in {@code directory}, which it makes.
   *
   * @param octetsMax all blobs together, except those that one unit needs at once
   */
  public BlobCache(Path directory, Disk disk, InstantSource clock, long octetsMax)
      throws IOException {
    this.directory = directory;
    this.incoming = directory.resolve("incoming");
    this.disk = disk;
    this.clock = clock;
    this.octetsMax = octetsMax;
    disk.makeDirectory(incoming);
    for (Path leftOver : disk.list(incoming)) {
      disk.delete(leftOver);
    }
  }

  /** The file of a blob whose octets are those of {@code ref}, or nothing when it is not here. */
  public synchronized Optional<Path> find(BlobRef ref) throws IOException {
    Path file = file(ref.digest());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (Files.size(file) != ref.bytes() || !digestOf(file).equals(ref.digest())) {
      // Damaged on disk since; it is fetched again.
      disk.delete(file);
      return Optional.empty();
    }
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    return Optional.of(file);
  }

  /** Where a blob is downloaded to before it is {@link #keep kept}; another place each time. */
  public synchronized Path incoming(BlobRef ref) {
    return incoming.resolve(ref.digest().toHex() + "-" + arrivals++);
  }

  /** Blobs that a unit needs stay until {@link #release}, which is called once for each call. */
  public synchronized void hold(Set<BlobRef> blobs) {
    blobs.forEach(blob -> inUse.add(blob.digest()));
  }

  /** A unit needs them no more. */
  public synchronized void release(Set<BlobRef> blobs) {
    blobs.forEach(blob -> inUse.remove(blob.digest()));
  }

  /** Removes what came of a download that broke off. */
  public void discard(Path downloaded) throws IOException {
    disk.delete(downloaded);
  }

  /** Takes over a downloaded file whose digest and size were checked. */
  public synchronized Path keep(BlobRef ref, Path downloaded) throws IOException {
    Path file = file(ref.digest());
    disk.adopt(downloaded, file);
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    return file;
  }

  /** Digests of blobs that are here, last used first, at most {@code most}. */
  public synchronized List<Hash> newest(int most) throws IOException {
    return entries().stream()
        .sorted(Comparator.comparing(Entry::used).reversed())
        .limit(most)
        .flatMap(entry -> digestIn(entry.file()).stream())
        .toList();
  }

  /** The blob that a file of that name holds; nothing for a file that is not ours. */
  private static Optional<Hash> digestIn(Path file) {
    try {
      return Optional.of(Hash.parseHex(String.valueOf(file.getFileName())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Removes what was not used for longest until all fit, except what is held. */
  public void trim() throws IOException {
    trim(octetsMax);
  }

  /** Removes everything but what is held, so that the disk has more room. */
  public void empty() throws IOException {
    trim(0);
  }

  private synchronized void trim(long most) throws IOException {
    Set<Hash> needed = Set.copyOf(inUse);
    List<Entry> entries = entries();
    long octets = entries.stream().mapToLong(Entry::size).sum();
    entries.sort(Comparator.comparing(Entry::used));
    for (Entry entry : entries) {
      if (octets <= most) {
        return;
      }
      if (needed.stream().noneMatch(digest -> file(digest).equals(entry.file()))) {
        disk.delete(entry.file());
        octets -= entry.size();
      }
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : disk.list(directory)) {
      entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
    }
    return entries;
  }

  private Path file(Hash digest) {
    return directory.resolve(digest.toHex());
  }

  private static Hash digestOf(Path file) throws IOException {
    MessageDigest digest = Hash.newDigest();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return Hash.of(digest.digest());
  }

  private record Entry(Path file, long size, FileTime used) {}
}
