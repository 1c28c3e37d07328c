package org.almoner.command.bench.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves long runs of zeros out of a module's data, since memory is zero anyhow. The linker writes
 * them down: of prodigal's 28 MB of data 17 MB are zeros, and a module may have 16 MiB.
 *
 * <p>It does what {@code wasm-opt --memory-packing} does, for modules as this package links them:
 * all segments are placed by a constant, no two overlap, none is named by an instruction. Every
 * other module stays as it is.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/binary/modules.html#data-section">WebAssembly,
 *     data section</a>
 */
final class PackedData {
  /** Shorter runs stay: a segment of its own has some ten octets. */
  private static final int RUN_MIN = 64;

  private static final int HEADER_OCTETS = 8;
  private static final int DATA_SECTION = 11;
  private static final int DATA_COUNT_SECTION = 12;
  private static final int ACTIVE = 0;
  private static final int I32_CONST = 0x41;
  private static final int END = 0x0b;

  private final ByteBuffer in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PackedData(byte[] module) {
    this.in = ByteBuffer.wrap(module);
  }

  /** A part of the memory, by its place in the module. */
  private record Part(int address, int from, int length) {}

  /** The module without zeros in its data, or as it was. */
  static byte[] pack(byte[] module) {
    return new PackedData(module).pack();
  }

  private byte[] pack() {
    out.write(in.array(), 0, HEADER_OCTETS);
    in.position(HEADER_OCTETS);
    while (in.hasRemaining()) {
      int from = in.position();
      int section = in.get();
      int end = number() + in.position();
      if (section == DATA_COUNT_SECTION) {
        return in.array();
      }
      if (section == DATA_SECTION) {
        List<Part> parts = new ArrayList<>();
        if (!read(parts)) {
          return in.array();
        }
        write(parts);
      } else {
        out.write(in.array(), from, end - from);
      }
      in.position(end);
    }
    return out.toByteArray();
  }

  /** Whether all segments are placed by a constant; their parts that are not zero are added. */
  private boolean read(List<Part> parts) {
    for (int left = number(); left > 0; left--) {
      if (number() != ACTIVE || in.get() != I32_CONST) {
        return false;
      }
      int address = signed();
      if (in.get() != END) {
        return false;
      }
      int length = number();
      split(address, in.position(), length, parts);
      in.position(in.position() + length);
    }
    return true;
  }

  private void split(int address, int from, int length, List<Part> parts) {
    int begin = 0;
    int zeros = 0;
    for (int at = 0; at < length; at++) {
      if (in.get(from + at) == 0) {
        zeros++;
        continue;
      }
      if (zeros >= RUN_MIN) {
        add(address, from, begin, at - zeros, parts);
        begin = at;
      }
      zeros = 0;
    }
    add(address, from, begin, zeros >= RUN_MIN ? length - zeros : length, parts);
  }

  private static void add(int address, int from, int begin, int end, List<Part> parts) {
    if (end > begin) {
      parts.add(new Part(address + begin, from + begin, end - begin));
    }
  }

  private void write(List<Part> parts) {
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    number(parts.size(), section);
    for (Part part : parts) {
      section.write(ACTIVE);
      section.write(I32_CONST);
      signed(part.address(), section);
      section.write(END);
      number(part.length(), section);
      section.write(in.array(), part.from(), part.length());
    }
    out.write(DATA_SECTION);
    number(section.size(), out);
    out.writeBytes(section.toByteArray());
  }

  private int number() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int octet = in.get();
      value |= (octet & 0x7f) << shift;
      if (octet >= 0) {
        return value;
      }
    }
  }

  private int signed() {
    int value = 0;
    for (int shift = 0; ; ) {
      int octet = in.get();
      value |= (octet & 0x7f) << shift;
      shift += 7;
      if (octet >= 0) {
        return shift < Integer.SIZE && (octet & 0x40) != 0 ? value | (-1 << shift) : value;
      }
    }
  }

  private static void number(int value, ByteArrayOutputStream to) {
    int left = value;
    for (; left >>> 7 != 0; left >>>= 7) {
      to.write((left & 0x7f) | 0x80);
    }
    to.write(left);
  }

  private static void signed(int value, ByteArrayOutputStream to) {
    int left = value;
    for (; left >> 6 != 0 && left >> 6 != -1; left >>= 7) {
      to.write((left & 0x7f) | 0x80);
    }
    to.write(left & 0x7f);
  }
}
