package org.almoner.workload.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts small modules together octet by octet, also wrong ones. Starts out as the least module that
 * is admitted: one page of memory and an empty {@code _start}.
 */
final class Wat {
  static final int I32 = 0x7f;
  static final int I64 = 0x7e;
  static final int F64 = 0x7c;

  private final List<byte[]> types = new ArrayList<>(List.of(octets(0x60, 0, 0)));
  private final List<byte[]> imports = new ArrayList<>();
  private final List<byte[]> functions = new ArrayList<>();
  private final List<byte[]> globals = new ArrayList<>();
  private final List<byte[]> exports = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private byte[] memory = octets(1, 0, 1);
  private byte[] table = octets();
  private byte[] tail = octets();
  private boolean standardExports = true;

  static byte[] octets(int... values) {
    byte[] octets = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      octets[i] = (byte) values[i];
    }
    return octets;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] name(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return join(octets(utf8.length), utf8);
  }

  /** Adds a type and gives its index. */
  int type(int[] params, int[] results) {
    types.add(
        join(octets(0x60, params.length), octets(params), octets(results.length), octets(results)));
    return types.size() - 1;
  }

  Wat importFunction(String module, String name, int type) {
    imports.add(join(name(module), name(name), octets(0, type)));
    return this;
  }

  Wat importOther(String module, String name, int... description) {
    imports.add(join(name(module), name(name), octets(description)));
    return this;
  }

  /** Adds a function whose code starts with its locals and ends without the last {@code end}. */
  Wat function(int type, int... code) {
    return body(type, join(octets(code), octets(0x0b)));
  }

  /** Adds a function by all octets of its body. */
  Wat body(int type, byte[] body) {
    functions.add(octets(type));
    bodies.add(join(length(body.length), body));
    return this;
  }

  /** Adds {@code _start} with no locals. */
  Wat start(int... code) {
    int[] withLocals = new int[code.length + 1];
    System.arraycopy(code, 0, withLocals, 1, code.length);
    return function(0, withLocals);
  }

  Wat global(int... global) {
    globals.add(octets(global));
    return this;
  }

  Wat export(String name, int kind, int index) {
    exports.add(join(name(name), octets(kind, index)));
    return this;
  }

  Wat memory(int... section) {
    memory = octets(section);
    return this;
  }

  Wat table(int... section) {
    table = octets(section);
    return this;
  }

  /** Octets after the last section. */
  Wat tail(int... octets) {
    tail = octets(octets);
    return this;
  }

  Wat withoutStandardExports() {
    standardExports = false;
    return this;
  }

  byte[] build() {
    if (functions.isEmpty()) {
      start();
    }
    if (standardExports) {
      export("memory", 2, 0);
      export("_start", 0, imports.size() + functions.size() - 1);
    }
    return join(
        octets(0, 'a', 's', 'm', 1, 0, 0, 0),
        vector(1, types),
        vector(2, imports),
        vector(3, functions),
        table.length == 0 ? table : section(4, table),
        memory.length == 0 ? memory : section(5, memory),
        vector(6, globals),
        vector(7, exports),
        vector(10, bodies),
        tail);
  }

  static byte[] section(int id, byte[] content) {
    return join(octets(id), length(content.length), content);
  }

  private static byte[] vector(int id, List<byte[]> items) {
    if (items.isEmpty()) {
      return octets();
    }
    return section(id, join(length(items.size()), join(items.toArray(new byte[0][]))));
  }

  /** LEB128 in four octets, whatever the value. */
  private static byte[] length(int value) {
    return octets(
        (value & 0x7f) | 0x80,
        ((value >> 7) & 0x7f) | 0x80,
        ((value >> 14) & 0x7f) | 0x80,
        value >> 21);
  }
}
