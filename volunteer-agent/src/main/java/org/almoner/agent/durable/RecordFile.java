package org.almoner.agent.durable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** One JSON record in one file, in canonical form. */
public final class RecordFile {
  /** Longest record: a full report in base64 with its outputs and proofs. */
  public static final int OCTETS_MAX = 4 << 20;

  private RecordFile() {}

  /** Takes a record's fields; what is left over is refused. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads all fields of the record. */
    T read(JsonFields fields) throws MalformedJson;
  }

  /** Puts a record in place of what was there. */
  public static void write(Disk disk, Path file, JsonValue.Obj record) throws IOException {
    disk.write(file, CanonicalJson.bytes(record));
  }

  /**
   * The record in a file, or nothing when the file is not there.
   *
   * @throws IOException also when the file is damaged, naming it and the field
   */
  public static <T> Optional<T> read(Disk disk, Path file, Reader<T> reader) throws IOException {
    Optional<Bytes> octets = disk.read(file, OCTETS_MAX);
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonFields fields = JsonFields.of(CanonicalJson.parse(octets.get().toArray()));
      T value = reader.read(fields);
      fields.end();
      return Optional.of(value);
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }
}
