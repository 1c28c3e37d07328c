package org.almoner.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.agent.durable.FolderTree;

/** Room for one run at a time, on the file system of the outbox; empty when the agent starts. */
final class Scratch {
  private final Path directory;
  private final AtomicLong number = new AtomicLong();

  Scratch(Path directory) throws IOException {
    this.directory = directory;
    remove(directory);
    Files.createDirectories(directory);
  }

  /** A new empty directory. */
  Path directory() throws IOException {
    return Files.createDirectory(directory.resolve(Long.toString(number.incrementAndGet())));
  }

  /** Removes a directory with all that is in it; links are removed, never followed. */
  void remove(Path tree) throws IOException {
    FolderTree.remove(tree);
  }
}
