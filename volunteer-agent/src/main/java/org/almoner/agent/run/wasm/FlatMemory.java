package org.almoner.agent.run.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import run.endive.wasm.types.MemoryLimits;

/**
 * The guest's memory in one array, every access checked: for every Java and every system.
 *
 * <p>The array doubles when the guest grows beyond it, so it may be longer than the memory.
 */
final class FlatMemory extends GuestMemory {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] octets;

  FlatMemory(MemoryLimits limits) {
    super(limits);
    this.octets = new byte[end()];
  }

  @Override
  void extend(int to) {
    if (to > octets.length) {
      long most = (long) maximumPages() * PAGE_SIZE;
      octets = Arrays.copyOf(octets, (int) Math.min(most, Math.max(to, 2L * octets.length)));
    }
  }

  @Override
  public byte read(int address) {
    return octets[at(address, 1)];
  }

  @Override
  public short readShort(int address) {
    return (short) SHORT.get(octets, at(address, 2));
  }

  @Override
  public int readInt(int address) {
    return (int) INT.get(octets, at(address, 4));
  }

  @Override
  public long readLong(int address) {
    return (long) LONG.get(octets, at(address, 8));
  }

  @Override
  public float readFloat(int address) {
    return (float) FLOAT.get(octets, at(address, 4));
  }

  @Override
  public double readDouble(int address) {
    return (double) DOUBLE.get(octets, at(address, 8));
  }

  @Override
  public void writeByte(int address, byte value) {
    octets[at(address, 1)] = value;
  }

  @Override
  public void writeShort(int address, short value) {
    SHORT.set(octets, at(address, 2), value);
  }

  @Override
  public void writeI32(int address, int value) {
    INT.set(octets, at(address, 4), value);
  }

  @Override
  public void writeLong(int address, long value) {
    LONG.set(octets, at(address, 8), value);
  }

  @Override
  public void writeF32(int address, float value) {
    FLOAT.set(octets, at(address, 4), value);
  }

  @Override
  public void writeF64(int address, double value) {
    DOUBLE.set(octets, at(address, 8), value);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    checkRange(address, length, end());
    return Arrays.copyOfRange(octets, address, address + length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    checkRange(offset, length, source.length);
    checkRange(address, length, end());
    System.arraycopy(source, offset, octets, address, length);
  }

  @Override
  public void fill(byte value, int from, int to) {
    checkRange(from, to - from, end());
    Arrays.fill(octets, from, to, value);
  }

  @Override
  public void copy(int to, int from, int length) {
    checkRange(from, length, end());
    checkRange(to, length, end());
    System.arraycopy(octets, from, octets, to, length);
  }

  @Override
  public void zero() {
    Arrays.fill(octets, (byte) 0);
  }
}
