package org.almoner.agent.durable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * One JSON record in one file, in canonical form, with the SHA-256 of all its other fields in the
 * field {@value #SUM}: a disk that gives back another digit than was written is found out.
 */
public final class RecordFile {
  /** Longest record: a full report in base64 with its outputs and proofs. */
  public static final int OCTETS_MAX = 4 << 20;

  private static final String SUM = "sum";

  private RecordFile() {}

  /** Takes a record's fields; what is left over is refused. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads all fields of the record. */
    T read(JsonFields fields) throws MalformedJson;
  }

  /** Puts a record in place of what was there. */
  public static void write(Disk disk, Path file, JsonValue.Obj record) throws IOException {
    disk.write(file, octets(record));
  }

  /**
   * The record in a file, or nothing when the file is not there.
   *
   * @throws DamagedFile naming the file and the field
   * @throws IOException when the disk fails
   */
  public static <T> Optional<T> read(Disk disk, Path file, Reader<T> reader) throws IOException {
    Optional<Bytes> octets = disk.read(file, OCTETS_MAX);
    return octets.isEmpty() ? Optional.empty() : Optional.of(parse(file, octets.get(), reader));
  }

  /** A record as it lies in a file. */
  static Bytes octets(JsonValue.Obj record) {
    return CanonicalJson.bytes(with(record.fields()).put(SUM, sum(record)).build());
  }

  /** Reads what {@link #octets} made; {@code file} is named in what is thrown. */
  static <T> T parse(Path file, Bytes octets, Reader<T> reader) throws DamagedFile {
    try {
      JsonFields fields = JsonFields.of(record(octets));
      T value = reader.read(fields);
      fields.end();
      return value;
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new DamagedFile(file, String.valueOf(e.getMessage()));
    }
  }

  private static JsonValue.Obj record(Bytes octets) throws MalformedJson {
    JsonValue.Obj whole = CanonicalJson.parse(octets.toArray());
    String kept = JsonFields.of(whole).text(SUM, 2 * Hash.SIZE);
    JsonValue.Builder rest = JsonValue.Obj.of();
    whole.fields().forEach((name, value) -> put(rest, name, value));
    JsonValue.Obj record = rest.build();
    String sum = sum(record);
    if (!kept.equals(sum)) {
      throw new MalformedJson("field \"sum\": expected " + sum + ", got " + kept);
    }
    return record;
  }

  private static void put(JsonValue.Builder record, String name, JsonValue value) {
    if (!name.equals(SUM)) {
      record.put(name, value);
    }
  }

  private static JsonValue.Builder with(Map<String, JsonValue> fields) {
    JsonValue.Builder record = JsonValue.Obj.of();
    fields.forEach(record::put);
    return record;
  }

  private static String sum(JsonValue.Obj record) {
    return Hash.sha256(CanonicalJson.encode(record)).toHex();
  }
}
