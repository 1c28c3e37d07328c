package org.almoner.ledger.append;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right of one process to write in a directory, held until closed. */
public final class WriterLock implements Closeable {
  private final FileChannel channel;

  private WriterLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the right by locking {@code file}, which it makes; refuses when somebody has it. */
  public static WriterLock take(Path file) throws IOException {
    DurableFiles.createDirectories(DurableFiles.parent(file.toAbsolutePath()));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new IOException(
          "another process writes here: " + file + " is locked, stop that process first");
    }
    return new WriterLock(channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
