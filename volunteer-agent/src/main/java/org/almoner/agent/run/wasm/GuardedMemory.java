package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import run.endive.wasm.types.MemoryLimits;

/**
 * The guest's memory in a {@link GuardedArea}.
 *
 * <p>The guest's own loads and stores do not come here: {@link EngineClass} makes them plain
 * accesses to the area, and what lies outside of the memory has no page behind it. Everything the
 * engine and the host do for the guest is checked here before a single octet moves.
 */
final class GuardedMemory extends GuestMemory {
  private final GuardedArea area;
  private final ByteBuffer octets;

  /** Takes the area over; nothing of what was in it is left. */
  GuardedMemory(MemoryLimits limits, GuardedArea area) {
    super(limits);
    this.area = area;
    this.octets = area.octets();
    resize(0);
    resize(end());
  }

  private void resize(int to) {
    try {
      area.resize(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // this machine's fault, not the guest's
    }
  }

  @Override
  void extend(int to) {
    resize(to);
  }

  @Override
  public byte read(int address) {
    return octets.get(at(address, 1));
  }

  @Override
  public short readShort(int address) {
    return octets.getShort(at(address, 2));
  }

  @Override
  public int readInt(int address) {
    return octets.getInt(at(address, 4));
  }

  @Override
  public long readLong(int address) {
    return octets.getLong(at(address, 8));
  }

  @Override
  public float readFloat(int address) {
    return octets.getFloat(at(address, 4));
  }

  @Override
  public double readDouble(int address) {
    return octets.getDouble(at(address, 8));
  }

  @Override
  public void writeByte(int address, byte value) {
    octets.put(at(address, 1), value);
  }

  @Override
  public void writeShort(int address, short value) {
    octets.putShort(at(address, 2), value);
  }

  @Override
  public void writeI32(int address, int value) {
    octets.putInt(at(address, 4), value);
  }

  @Override
  public void writeLong(int address, long value) {
    octets.putLong(at(address, 8), value);
  }

  @Override
  public void writeF32(int address, float value) {
    octets.putFloat(at(address, 4), value);
  }

  @Override
  public void writeF64(int address, double value) {
    octets.putDouble(at(address, 8), value);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    checkRange(address, length, end());
    byte[] read = new byte[length];
    octets.get(address, read);
    return read;
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    checkRange(offset, length, source.length);
    checkRange(address, length, end());
    octets.put(address, source, offset, length);
  }

  @Override
  public void fill(byte value, int from, int to) {
    checkRange(from, to - from, end());
    byte[] chunk = new byte[Math.min(PAGE_SIZE, to - from)];
    java.util.Arrays.fill(chunk, value);
    for (int at = from; at < to; at += chunk.length) {
      octets.put(at, chunk, 0, Math.min(chunk.length, to - at));
    }
  }

  @Override
  public void copy(int to, int from, int length) {
    checkRange(from, length, end());
    checkRange(to, length, end());
    octets.put(to, octets, from, length); // as if by way of a third place, also where they overlap
  }

  @Override
  public void zero() {
    int octetsNow = end();
    resize(0);
    resize(octetsNow);
  }
}
