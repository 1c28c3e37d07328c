package org.almoner.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.agent.durable.FolderTree;
import org.almoner.protocol.lease.LeaseId;

/** Room for one run at a time, on the file system of the outbox; empty when the agent starts. */
final class Scratch {
  private final Path directory;
  private final AtomicLong number = new AtomicLong();

  /**
   * @param snapshots where what an agent that was killed left of its units is kept
   */
  Scratch(Path directory, Snapshots snapshots) throws IOException {
    this.directory = directory;
    rescue(snapshots);
    remove(directory);
    Files.createDirectories(directory);
  }

  private void rescue(Snapshots snapshots) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, "*-*")) {
      for (Path run : runs) {
        String name = String.valueOf(run.getFileName());
        snapshots.take(name.substring(name.indexOf('-') + 1), run);
      }
    }
  }

  /** A new empty directory for a run of a lease. */
  Path directory(LeaseId lease) throws IOException {
    return Files.createDirectory(
        directory.resolve(number.incrementAndGet() + "-" + Snapshots.name(lease)));
  }

  /** Removes a directory with all that is in it; links are removed, never followed. */
  void remove(Path tree) throws IOException {
    FolderTree.remove(tree);
  }
}
