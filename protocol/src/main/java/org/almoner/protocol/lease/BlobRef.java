package org.almoner.protocol.lease;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Octets named by their digest: a module or an input file.
 *
 * @param name where the guest sees it: a relative path below {@code /in}, or the module's file name
 * @param digest SHA-256 of the octets
 * @param bytes their number, at most {@link #BYTES_MAX}
 */
public record BlobRef(String name, Hash digest, long bytes) {
  /** Largest blob: 1 GiB. */
  public static final long BYTES_MAX = 1L << 30;

  /** Longest name, in characters. */
  public static final int NAME_MAX = 200;

  /** Refuses names that could leave their folder. */
  public BlobRef {
    if (!safeName(name)) {
      throw new IllegalArgumentException(
          "a file name is a relative path of letters, digits, '.', '_', '-' and '/', at most "
              + NAME_MAX
              + " long, without '.' or '..' parts; got "
              + name);
    }
    if (bytes < 0 || bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a blob has 0 to " + BYTES_MAX + " octets; this names " + bytes);
    }
  }

  /** Whether {@code name} is a relative path that stays where it is put, on every system. */
  public static boolean safeName(String name) {
    if (name.isEmpty() || name.length() > NAME_MAX) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (!part.matches("[A-Za-z0-9._-]+") || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /** Reads an object with {@code name}, {@code sha256} and {@code bytes}. */
  public static BlobRef parse(JsonFields fields) throws MalformedJson {
    String name = fields.text("name", NAME_MAX);
    Hash digest = fields.hash("sha256");
    long bytes = fields.integer("bytes", 0, BYTES_MAX);
    fields.end();
    if (!safeName(name)) {
      throw fields.at("name", "expected a plain relative path, got " + name);
    }
    return new BlobRef(name, digest, bytes);
  }

  /** The object that {@link #parse} reads. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("name", name)
        .put("sha256", digest.toHex())
        .put("bytes", bytes)
        .build();
  }
}
