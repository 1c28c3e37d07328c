package org.almoner.workload.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over some octets of a module. Every reading is bounded, and every fault names the offset
 * in the module.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#integers%E2%91%A4">WebAssembly 2.0, 5.2.2,
 *     LEB128</a>
 */
final class WasmReader {
  /** Characters of a name that a sentence shows. */
  private static final int SHOWN_MAX = 80;

  private final byte[] octets;
  private final int from;
  private final int end;
  private final String where;
  private int at;

  private WasmReader(byte[] octets, int from, int end, String where) {
    this.octets = octets;
    this.from = from;
    this.at = from;
    this.end = end;
    this.where = where;
  }

  /** A cursor over all of {@code octets}, which are not copied and must not change. */
  static WasmReader of(byte[] octets) {
    return new WasmReader(octets, 0, octets.length, "the module");
  }

  /** The next {@code length} octets as a cursor of their own; this cursor goes on after them. */
  WasmReader part(int length, String name) throws RefusedModule {
    if (isBeyondEnd(length)) {
      throw fault(
          name
              + " should have "
              + Integer.toUnsignedString(length)
              + " octets, but "
              + where
              + " ends after "
              + (end - at));
    }
    WasmReader part = new WasmReader(octets, at, at + length, name);
    at += length;
    return part;
  }

  /** Another cursor over the same octets, at their start. */
  WasmReader again() {
    return new WasmReader(octets, from, end, where);
  }

  int length() {
    return end - from;
  }

  /** Whether {@code length}, an unsigned number, is more than what is left. */
  private boolean isBeyondEnd(int length) {
    return Integer.compareUnsigned(length, end - at) > 0;
  }

  int offset() {
    return at;
  }

  boolean atEnd() {
    return at == end;
  }

  /**
   * @throws RefusedModule when octets are left over
   */
  void requireEnd() throws RefusedModule {
    if (!atEnd()) {
      throw fault(where + " has " + (end - at) + " octets more than its content");
    }
  }

  int octet(String what) throws RefusedModule {
    if (at == end) {
      throw fault(where + " ends inside: " + what);
    }
    return octets[at++] & 0xff;
  }

  void skip(int length, String what) throws RefusedModule {
    if (isBeyondEnd(length)) {
      throw fault(where + " ends inside: " + what);
    }
    at += length;
  }

  int u32(String what) throws RefusedModule {
    return (int) unsigned(32, what);
  }

  /** A number of things to come, at most {@code max}. */
  int count(String what, int max) throws RefusedModule {
    int count = u32("number of " + what);
    if (Integer.compareUnsigned(count, max) > 0) {
      throw fault(
          Integer.toUnsignedString(count) + " " + what + "; at most " + max + " are accepted");
    }
    return count;
  }

  /** An index that must be below {@code bound}. */
  int index(String what, int bound) throws RefusedModule {
    int index = u32(what);
    if (Integer.compareUnsigned(index, bound) >= 0) {
      throw fault(
          what + " " + Integer.toUnsignedString(index) + " does not exist; there are " + bound);
    }
    return index;
  }

  private long unsigned(int bits, String what) throws RefusedModule {
    long value = 0;
    for (int shift = 0; shift < bits; shift += 7) {
      int octet = octet(what);
      int payload = octet & 0x7f;
      if (bits - shift < 7 && payload >> (bits - shift) != 0) {
        break;
      }
      value |= (long) payload << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw fault(what + " is no LEB128 number of " + bits + " bits");
  }

  /** A signed LEB128 number of {@code bits} bits: 32, 33 or 64. */
  long signed(int bits, String what) throws RefusedModule {
    long value = 0;
    for (int shift = 0; shift < bits; shift += 7) {
      int octet = octet(what);
      int payload = octet & 0x7f;
      int left = bits - shift;
      if (left < 7) {
        int sign = payload >> (left - 1); // the sign bit and what must repeat it
        if (octet >= 0x80 || (sign != 0 && sign != 0x7f >> (left - 1))) {
          break;
        }
      }
      value |= (long) payload << shift;
      if (octet < 0x80) {
        int filled = shift + 7;
        return filled < 64 ? value << (64 - filled) >> (64 - filled) : value;
      }
    }
    throw fault(what + " is no LEB128 number of " + bits + " bits");
  }

  /** A length and that many octets of UTF-8. */
  String name(String what) throws RefusedModule {
    int length = u32("length of " + what);
    if (isBeyondEnd(length)) {
      throw fault(where + " ends inside: " + what);
    }
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(octets, at, length))
              .toString();
      at += length;
      return name;
    } catch (CharacterCodingException e) {
      throw fault(what + " is not UTF-8");
    }
  }

  /**
   * A name of the module, fit to stand in a sentence: short, and without what could break a line.
   */
  static String shown(String name) {
    String plain = name.replaceAll("\\p{C}", "?");
    return plain.length() <= SHOWN_MAX ? plain : plain.substring(0, SHOWN_MAX) + "...";
  }

  /** The octets from offset {@code from} up to the cursor, to be copied. */
  void copyFrom(int from, WasmOutput out) {
    out.octets(octets, from, at - from);
  }

  /** Whether {@code opcode}, which was read last, is a constant and a NaN. */
  boolean endsWithNan(int opcode) {
    ByteBuffer bits = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    return switch (opcode) {
      case Instruction.F32_CONST -> Float.isNaN(bits.getFloat(at - Float.BYTES));
      case Instruction.F64_CONST -> Double.isNaN(bits.getDouble(at - Double.BYTES));
      default -> false;
    };
  }

  RefusedModule fault(String sentence) {
    return new RefusedModule("at offset " + at + ": " + sentence);
  }
}
