package org.almoner.ledger.witness;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.append.DurableFiles;
import org.almoner.ledger.append.WriterLock;
import org.almoner.protocol.bytes.Hash;

/** One file a log below a directory that one process at a time may use. */
public final class FileWitnessStore implements WitnessStore, Closeable {
  private final Path directory;
  private final WriterLock lock;

  /** Takes the directory, which it makes; refuses one that another process uses. */
  public FileWitnessStore(Path directory) throws IOException {
    this.directory = directory;
    this.lock = WriterLock.take(directory.resolve("lock"));
  }

  @Override
  public Optional<String> read(String origin) throws IOException {
    try {
      return Optional.of(Files.readString(file(origin), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String origin, String note) throws IOException {
    DurableFiles.write(Map.of(file(origin), note.getBytes(StandardCharsets.UTF_8)));
  }

  /** The name under which a log is asked for: SHA-256 of its origin, hexadecimal. */
  public static String name(String origin) {
    return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  private Path file(String origin) {
    return directory.resolve(name(origin)).resolve("checkpoint");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
