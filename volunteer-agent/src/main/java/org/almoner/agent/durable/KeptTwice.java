package org.almoner.agent.durable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.JsonValue;

/**
 * A small file on which much depends, and a copy of it beside: while either is whole, nothing is
 * lost. The file is written before the copy, so it is the newer one after a crash between them.
 */
public final class KeptTwice {
  /** How the name of the copy ends. */
  public static final String COPY = ".copy";

  private KeptTwice() {}

  /** Reads octets. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads what {@code octets} say.
     *
     * @param file names them in what is thrown
     * @throws DamagedFile when they are not what was written
     */
    T read(Path file, Bytes octets) throws DamagedFile;
  }

  /** What was read, and whether both files say it. */
  private record Found<T>(T value, Bytes octets, boolean twice) {}

  /** Puts octets in place of what was there. */
  public static void write(Disk disk, Path file, Bytes octets) throws IOException {
    disk.write(file, octets);
    disk.write(copy(file), octets);
  }

  /** Puts a record in place of what was there. */
  public static void write(Disk disk, Path file, JsonValue.Obj record) throws IOException {
    write(disk, file, RecordFile.octets(record));
  }

  /**
   * What the file says, or else its copy; nothing when neither is there. Changes nothing on disk.
   *
   * @throws DamagedFile when neither can be read and not both are missing
   */
  public static <T> Optional<T> read(Disk disk, Path file, int max, Reader<T> reader)
      throws IOException {
    return find(disk, file, max, reader).map(Found::value);
  }

  /** As the other method, for a record. */
  public static <T> Optional<T> read(Disk disk, Path file, RecordFile.Reader<T> reader)
      throws IOException {
    return read(disk, file, RecordFile.OCTETS_MAX, record(reader));
  }

  /** As {@link #read}, and makes both files say it again; for the one process that writes them. */
  public static <T> Optional<T> mend(Disk disk, Path file, int max, Reader<T> reader)
      throws IOException {
    Optional<Found<T>> found = find(disk, file, max, reader);
    if (found.isPresent() && !found.get().twice()) {
      write(disk, file, found.get().octets());
    }
    return found.map(Found::value);
  }

  /** As the other method, for a record. */
  public static <T> Optional<T> mend(Disk disk, Path file, RecordFile.Reader<T> reader)
      throws IOException {
    return mend(disk, file, RecordFile.OCTETS_MAX, record(reader));
  }

  /** Removes both, if they are there. */
  public static void delete(Disk disk, Path file) throws IOException {
    disk.delete(copy(file));
    disk.delete(file);
  }

  private static <T> Optional<Found<T>> find(Disk disk, Path file, int max, Reader<T> reader)
      throws IOException {
    Optional<Bytes> copied = octets(disk, copy(file), max);
    DamagedFile damage;
    try {
      Optional<Bytes> first = octets(disk, file, max);
      if (first.isEmpty() && copied.isEmpty()) {
        return Optional.empty();
      }
      if (first.isPresent()) {
        T value = reader.read(file, first.get());
        return Optional.of(new Found<>(value, first.get(), first.equals(copied)));
      }
      damage = new DamagedFile(file, "it is missing, and its copy is damaged too");
    } catch (DamagedFile e) {
      damage = e;
    }
    if (copied.isEmpty()) {
      throw damage;
    }
    try {
      T value = reader.read(copy(file), copied.get());
      return Optional.of(new Found<>(value, copied.get(), false));
    } catch (DamagedFile e) {
      damage.addSuppressed(e);
      throw damage;
    }
  }

  /** One that is too long to be what was written is as good as missing. */
  private static Optional<Bytes> octets(Disk disk, Path file, int max) throws IOException {
    try {
      return disk.read(file, max);
    } catch (DamagedFile e) {
      return Optional.empty();
    }
  }

  private static Path copy(Path file) {
    return file.resolveSibling(file.getFileName() + COPY);
  }

  private static <T> Reader<T> record(RecordFile.Reader<T> reader) {
    return (file, octets) -> RecordFile.parse(file, octets, reader);
  }
}
