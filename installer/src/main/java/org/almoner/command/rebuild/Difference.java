package org.almoner.command.rebuild;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where two modules differ first.
 *
 * @param at index of the first octet that differs, or the length of the shorter one
 * @param section name of the section of the recorded module in which it lies; "header" before the
 *     first
 */
public record Difference(int at, String section) {
  private static final int HEADER = 8;
  private static final List<String> NAMES =
      List.of(
          "custom",
          "type",
          "import",
          "function",
          "table",
          "memory",
          "global",
          "export",
          "start",
          "element",
          "code",
          "data",
          "data-count");

  /** Compares; empty when they are the same. */
  public static Optional<Difference> of(byte[] recorded, byte[] built) {
    int at = Arrays.mismatch(recorded, built);
    return at < 0 ? Optional.empty() : Optional.of(new Difference(at, section(recorded, at)));
  }

  /**
   * The section in which the octet lies; "end" behind the last one, and where the module is none.
   *
   * @see <a href="https://www.w3.org/TR/wasm-core-1/#sections">Wasm binary format, sections</a>
   */
  private static String section(byte[] module, int wanted) {
    if (wanted < HEADER) {
      return "header";
    }
    int at = HEADER;
    while (at < module.length) {
      int id = module[at++];
      long size = 0;
      int shift = 0;
      boolean more = true;
      while (more && at < module.length && shift < 35) {
        size |= (long) (module[at] & 0x7f) << shift;
        shift += 7;
        more = module[at++] < 0;
      }
      if (wanted < at + size) {
        return id >= 0 && id < NAMES.size() ? NAMES.get(id) : "unknown";
      }
      at = (int) Math.min(module.length, at + size);
    }
    return "end";
  }
}
