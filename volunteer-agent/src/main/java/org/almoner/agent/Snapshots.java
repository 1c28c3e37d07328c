package org.almoner.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.LeaseId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last snapshot of each lease that was put aside, in the agent's home: it outlives the unit's
 * process and the agent, and goes when the lease does.
 *
 * <p>Without one a unit begins again, so nothing here ever stops a unit. Whose it is and whether it
 * is whole is looked at when a unit goes on from it.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /** Snapshots kept, those of leases that were lost with their grant among them. */
  static final int FILES_MAX = 64;

  private static final String NAME = "snapshot";

  private final Path directory;

  /** Keeps them in {@code directory}, which is made if it is missing. */
  Snapshots(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    makeRoom();
  }

  /** A name for the lease that any file system takes. */
  static String name(LeaseId lease) {
    return Hash.sha256(lease.toString().getBytes(StandardCharsets.UTF_8)).toHex();
  }

  /** Puts the snapshot of a lease, if there is one, where its next part looks for it. */
  void give(LeaseId lease, Path resume) throws IOException {
    Path kept = directory.resolve(name(lease));
    if (Files.exists(kept)) {
      try {
        Files.createLink(resume, kept);
      } catch (FileSystemException | UnsupportedOperationException e) {
        Files.copy(kept, resume);
      }
      LOG.atInfo().addKeyValue("lease", lease).log("A unit goes on from its last snapshot");
    }
  }

  /** Whether a run left one in its directory: the portable engine there, the fast one in out/. */
  static boolean isIn(Path run) {
    return left(run).isPresent();
  }

  private static Optional<Path> left(Path run) {
    return Stream.of(run, run.resolve("out"))
        .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
        .map(folder -> folder.resolve(NAME))
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /** Removes what a run left that is not believed. */
  static void discard(Path run) throws IOException {
    Optional<Path> left = left(run);
    if (left.isPresent()) {
      Files.delete(left.get());
    }
  }

  /** Keeps what a run left, if it left one; the one before goes. */
  void take(LeaseId lease, Path run) {
    take(name(lease), run);
  }

  /** The same for a run of which only the name of its lease is known. */
  void take(String name, Path run) {
    try {
      Optional<Path> left = left(run);
      if (left.isPresent()) {
        Files.move(
            left.get(),
            directory.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      LOG.warn("a snapshot cannot be kept: {}", e.toString());
    }
  }

  /** The lease is settled or let go, or what was kept of it is of no use. */
  void forget(LeaseId lease) {
    try {
      Files.deleteIfExists(directory.resolve(name(lease)));
    } catch (IOException e) {
      LOG.warn("a snapshot cannot be removed: {}", e.toString());
    }
  }

  private void makeRoom() throws IOException {
    List<Path> newestFirst;
    try (Stream<Path> files = Files.list(directory)) {
      newestFirst = files.sorted(Comparator.comparing(Snapshots::modified).reversed()).toList();
    }
    for (Path file :
        newestFirst.subList(Math.min(FILES_MAX, newestFirst.size()), newestFirst.size())) {
      Files.delete(file);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
