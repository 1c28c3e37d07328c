package org.almoner.agent.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Hash;

/** The output bundles of finished lines, a file each, named by its digest. */
final class OutputShelf {
  private final Path directory;
  private final Disk disk;

  /** Keeps its files in {@code directory}, which it makes. */
  OutputShelf(Path directory, Disk disk) throws IOException {
    this.directory = directory;
    this.disk = disk;
    disk.makeDirectory(directory);
  }

  /** Takes over a file of that digest. */
  void adopt(Path bundle, Hash digest) throws IOException {
    disk.adopt(bundle, file(digest));
  }

  /** Those of {@code digests} that are here. */
  Set<OutputFile> find(Set<Hash> digests) throws IOException {
    Set<Path> here = Set.copyOf(disk.list(directory));
    Set<OutputFile> found = new HashSet<>();
    for (Hash digest : digests) {
      Path file = file(digest);
      if (here.contains(file)) {
        found.add(new OutputFile(digest, file, disk.size(file)));
      }
    }
    return found;
  }

  /** Removes every file that is not one of {@code digests}. */
  void keepOnly(Set<Hash> digests) throws IOException {
    for (Path file : disk.list(directory)) {
      if (!digests.contains(digest(file))) {
        disk.delete(file);
      }
    }
  }

  /** Removes every file whose octets are no longer those of its name; returns what is left. */
  Set<Hash> whole() throws IOException {
    Set<Hash> whole = new HashSet<>();
    for (Path file : disk.list(directory)) {
      Hash digest = digest(file);
      if (disk.digest(file).equals(digest)) {
        whole.add(digest);
      } else {
        disk.delete(file);
      }
    }
    return whole;
  }

  /** The digest that a file is named by; that of nothing when it is named otherwise. */
  private static Hash digest(Path file) {
    try {
      return Hash.parseHex(String.valueOf(file.getFileName()));
    } catch (IllegalArgumentException e) {
      return Hash.ZERO;
    }
  }

  private Path file(Hash digest) {
    return directory.resolve(digest.toHex());
  }
}
