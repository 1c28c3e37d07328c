package org.almoner.agent.run.fast;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.workload.wasm.WasmModule;

/**
 * A metered module as wasm2c gets it: without any export that nobody asks for.
 *
 * <p>wasm2c 1.0.32 writes the names of exports into comments as they are, so a name with the end of
 * a comment in it would be C, chosen by whoever made the module. Of the names that are left none is
 * a stranger's: those of imports are the profile's, and the meter leaves custom sections out. What
 * no export names is also not compiled.
 */
final class ModuleForC {
  private static final int MEMORY = 5;
  private static final int EXPORT = 7;
  private static final int HEADER_OCTETS = 8;
  private static final Set<String> KEPT =
      Set.of("memory", "_start", WasmModule.COUNTER, WasmModule.STEP);

  private final byte[] from;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at = HEADER_OCTETS;
  private int initialPages;
  private int globals;
  private boolean steps;

  private ModuleForC(byte[] metered) {
    this.from = metered;
  }

  /**
   * Octets for wasm2c.
   *
   * @param initialPages of memory the module has at its start
   * @param steps whether it runs in steps
   * @param globals it exports to be put aside
   */
  record Form(Bytes octets, int initialPages, boolean steps, int globals) {}

  /** The form of a module that admission has metered, which is therefore well-formed. */
  static Form of(byte[] metered) {
    ModuleForC form = new ModuleForC(metered);
    form.sections();
    return new Form(Bytes.of(form.out.toByteArray()), form.initialPages, form.steps, form.globals);
  }

  private void sections() {
    out.write(from, 0, HEADER_OCTETS);
    while (at < from.length) {
      int begin = at;
      int id = from[at++];
      int size = u32();
      int end = at + size;
      if (id == EXPORT) {
        byte[] exports = exports();
        out.write(EXPORT);
        u32(out, exports.length);
        out.writeBytes(exports);
      } else {
        if (id == MEMORY) {
          at += 2; // one memory, and it has a maximum: the meter sees to both
          initialPages = u32();
        }
        out.write(from, begin, end - begin);
      }
      at = end;
    }
  }

  private byte[] exports() {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    int number = 0;
    for (int left = u32(); left > 0; left--) {
      int begin = at;
      int length = u32();
      String name = new String(from, at, length, StandardCharsets.UTF_8);
      at += length + 1;
      u32();
      if (KEPT.contains(name) || name.startsWith(WasmModule.STATE)) {
        globals += name.startsWith(WasmModule.STATE) ? 1 : 0;
        steps |= name.equals(WasmModule.STEP);
        kept.write(from, begin, at - begin);
        number++;
      }
    }
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    u32(section, number);
    section.writeBytes(kept.toByteArray());
    return section.toByteArray();
  }

  /** An unsigned number of 7 bits per octet, lowest first. */
  private int u32() {
    int value = 0;
    int shift = 0;
    int octet;
    do {
      octet = from[at++];
      value |= (octet & 0x7f) << shift;
      shift += 7;
    } while ((octet & 0x80) != 0);
    return value;
  }

  private static void u32(ByteArrayOutputStream to, int value) {
    int left = value;
    while (left >>> 7 != 0) {
      to.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    to.write(left);
  }
}
