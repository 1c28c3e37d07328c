package org.almoner.agent.run.generated;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Octets of a module being put together. */
final class Octets {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Octets put(int... octets) {
    for (int octet : octets) {
      out.write(octet);
    }
    return this;
  }

  Octets put(Octets other) {
    out.writeBytes(other.toArray());
    return this;
  }

  Octets unsigned(int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return this;
  }

  Octets signed(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write((int) rest & 0x7f);
    return this;
  }

  Octets narrow(int bits) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bits).array());
    return this;
  }

  Octets wide(long bits) {
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(bits).array());
    return this;
  }

  Octets name(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    unsigned(ascii.length);
    out.writeBytes(ascii);
    return this;
  }

  Octets sized(Octets content) {
    return unsigned(content.out.size()).put(content);
  }

  byte[] toArray() {
    return out.toByteArray();
  }
}
