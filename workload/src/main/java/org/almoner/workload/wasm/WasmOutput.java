package org.almoner.workload.wasm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Octets of a module being written. */
final class WasmOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void octet(int octet) {
    out.write(octet);
  }

  void octets(byte[] source, int from, int length) {
    out.write(source, from, length);
  }

  void append(WasmOutput other) {
    try {
      other.out.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory streams do not fail", e);
    }
  }

  void u32(int value) {
    for (int rest = value; ; rest >>>= 7) {
      if (rest >>> 7 == 0) {
        out.write(rest);
        return;
      }
      out.write((rest & 0x7f) | 0x80);
    }
  }

  void s64(long value) {
    for (long rest = value; ; rest >>= 7) {
      if (rest >= -64 && rest < 64) {
        out.write((int) rest & 0x7f);
        return;
      }
      out.write(((int) rest & 0x7f) | 0x80);
    }
  }

  void name(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    u32(utf8.length);
    out.writeBytes(utf8);
  }

  /** Appends {@code content} after its length. */
  void sized(WasmOutput content) {
    u32(content.size());
    append(content);
  }

  int size() {
    return out.size();
  }

  void clear() {
    out.reset();
  }

  byte[] toArray() {
    return out.toByteArray();
  }
}
