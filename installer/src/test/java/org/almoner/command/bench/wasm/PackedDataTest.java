package org.almoner.command.bench.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedDataTest {
  private static final int PAGES = 4;

  /** A module with a memory and these octets at {@code address}. */
  private static byte[] module(int address, byte[] data, int kind) {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.writeBytes(new byte[] {1, (byte) kind, 0x41});
    for (int shift = 0; shift < 21; shift += 7) {
      segment.write(address >> shift & 0x7f | (shift < 14 ? 0x80 : 0));
    }
    segment.write(0x0b);
    length(data.length, segment);
    segment.writeBytes(data);
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, PAGES});
    module.write(11);
    length(segment.size(), module);
    module.writeBytes(segment.toByteArray());
    return module.toByteArray();
  }

  private static void length(int value, ByteArrayOutputStream to) {
    to.write(value & 0x7f | 0x80);
    to.write(value >> 7 & 0x7f | 0x80);
    to.write(value >> 14 & 0x7f);
  }

  /** What the module's memory holds when it begins: its only data section is its last. */
  private static byte[] memory(byte[] module) {
    byte[] memory = new byte[PAGES << 16];
    ByteBuffer in = ByteBuffer.wrap(module).position(14);
    assertThat(in.get(13)).isEqualTo((byte) 11);
    assertThat(leb(in)).isEqualTo(in.remaining());
    for (int left = (int) leb(in); left > 0; left--) {
      assertThat(in.getShort()).isEqualTo((short) 0x41);
      int address = (int) leb(in);
      assertThat(in.get()).isEqualTo((byte) 0x0b);
      in.get(memory, address, (int) leb(in));
    }
    assertThat(in.hasRemaining()).isFalse();
    return memory;
  }

  /** Unsigned; of a signed number that is not negative the same. */
  private static long leb(ByteBuffer in) {
    long value = 0;
    int octet = 0x80;
    for (int shift = 0; octet >= 0x80; shift += 7) {
      octet = in.get() & 0xff;
      value |= (octet & 0x7fL) << shift;
    }
    return value;
  }

  @Test
  void memoryIsTheSameWithoutTheZeros() {
    Random random = new Random(20261121);
    for (int i = 0; i < 40; i++) {
      byte[] data = new byte[random.nextInt(100_000)];
      for (int at = 0; at < data.length; at += 1 + random.nextInt(500)) {
        data[at] = (byte) random.nextInt();
      }
      byte[] module = module(random.nextInt(100_000), data, 0);
      byte[] packed = PackedData.pack(module);
      assertThat(memory(packed)).isEqualTo(memory(module));
      assertThat(packed.length).isLessThan(module.length / 2 + 200);
    }
  }

  @Test
  void zerosAloneLeaveNothing() {
    byte[] module = module(70_000, new byte[90_000], 0);
    assertThat(PackedData.pack(module)).hasSizeLessThan(30);
  }

  @Test
  void segmentsThatAreNotPlacedByAConstantStay() {
    byte[] module = module(5, new byte[1_000], 1);
    assertThat(PackedData.pack(module)).isEqualTo(module);
  }
}
