package org.almoner.ledger.append;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A register in one file, which a web server may serve as the log's {@code checkpoint}. Processes
 * on one machine take turns by a lock file beside the private data.
 */
public final class FileCheckpointRegister implements CheckpointRegister {
  private final Path checkpointFile;
  private final Path lockFile;

  /** Whether a sync covers the name that is read; what a killed process left may still be lost. */
  private boolean durable;

  /** Takes the file to publish and a file to lock, which must not be the same. */
  public FileCheckpointRegister(Path checkpointFile, Path lockFile) {
    this.checkpointFile = checkpointFile;
    this.lockFile = lockFile;
  }

  @Override
  public synchronized Optional<String> read() throws IOException {
    try {
      if (!durable && Files.exists(checkpointFile)) {
        DurableFiles.forceNames(List.of(DurableFiles.parent(checkpointFile.toAbsolutePath())));
        durable = true;
      }
      return Optional.of(Files.readString(checkpointFile, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized boolean compareAndSet(Optional<String> expected, String next)
      throws IOException {
    WriterLock lock = WriterLock.take(lockFile);
    try {
      if (!read().equals(expected)) {
        return false;
      }
      durable = false;
      DurableFiles.write(Map.of(checkpointFile, next.getBytes(StandardCharsets.UTF_8)));
      durable = true;
      return true;
    } finally {
      lock.close();
    }
  }
}
