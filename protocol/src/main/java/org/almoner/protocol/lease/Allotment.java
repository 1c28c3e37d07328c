package org.almoner.protocol.lease;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What one unit may take on a volunteer's machine; beyond it the unit is stopped.
 *
 * @param cores processors, 1 to {@link #CORES_MAX}
 * @param memoryBytes the guest's memory, a multiple of a Wasm page (65,536 octets)
 * @param diskBytes all files the unit may write
 * @param wallMs wall time from start to end
 */
public record Allotment(int cores, long memoryBytes, long diskBytes, long wallMs) {
  /** Most processors one unit may ask for. */
  public static final int CORES_MAX = 256;

  /** Octets in a Wasm page. */
  public static final long PAGE_BYTES = 65_536;

  /** Most memory one unit may ask for: what 32-bit Wasm can address from Java, 2 GiB - 64 KiB. */
  public static final long MEMORY_BYTES_MAX = 32_767 * PAGE_BYTES;

  /** Most disk one unit may ask for: 16 GiB. */
  public static final long DISK_BYTES_MAX = 16L << 30;

  /** Longest a unit may run: 24 hours. */
  public static final long WALL_MS_MAX = 24L * 3_600_000;

  /** Refuses what no unit may ask for. */
  public Allotment {
    require("cores", cores, 1, CORES_MAX);
    require("memoryBytes", memoryBytes, PAGE_BYTES, MEMORY_BYTES_MAX);
    require("diskBytes", diskBytes, 0, DISK_BYTES_MAX);
    require("wallMs", wallMs, 1_000, WALL_MS_MAX);
    if (memoryBytes % PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "memoryBytes must be a multiple of " + PAGE_BYTES + ", got " + memoryBytes);
    }
  }

  /** The memory as Wasm pages. */
  public int memoryPages() {
    return Math.toIntExact(memoryBytes / PAGE_BYTES);
  }

  /** Reads an object with exactly the four fields. */
  public static Allotment parse(JsonFields fields) throws MalformedJson {
    int cores = fields.smallInteger("cores", 1, CORES_MAX);
    long memory = fields.integer("memoryBytes", PAGE_BYTES, MEMORY_BYTES_MAX);
    long disk = fields.integer("diskBytes", 0, DISK_BYTES_MAX);
    long wall = fields.integer("wallMs", 1_000, WALL_MS_MAX);
    fields.end();
    if (memory % PAGE_BYTES != 0) {
      throw fields.at("memoryBytes", "expected a multiple of " + PAGE_BYTES + ", got " + memory);
    }
    return new Allotment(cores, memory, disk, wall);
  }

  /** The object that {@link #parse} reads. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("cores", cores)
        .put("memoryBytes", memoryBytes)
        .put("diskBytes", diskBytes)
        .put("wallMs", wallMs)
        .build();
  }

  private static void require(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", got " + value);
    }
  }
}
