package org.almoner.agent.run.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.TrapException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.PassiveDataSegment;

/**
 * The guest's memory in one array: at most {@link MemoryLimits#maximumPages()} pages of 64 KiB, all
 * zero at first.
 *
 * <p>The array doubles when the guest grows beyond it, so it may be longer than the memory; every
 * access is checked against the memory's own end. Addresses are unsigned 32-bit numbers in an int:
 * those from 2^31 up are negative and outside, as no memory is that large. Shared memory does not
 * exist here.
 */
@SuppressWarnings("removal") // the interface still has methods for threads
final class FlatMemory implements Memory {
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

  private final MemoryLimits limits;
  private byte[] octets;
  private int end;
  private boolean refusedToGrow;
  private DataSegment @Nullable [] segments;

  FlatMemory(MemoryLimits limits) {
    this.limits = limits;
    this.end = limits.initialPages() * PAGE_SIZE;
    this.octets = new byte[end];
  }

  /** Whether the guest ever asked for more memory than it may have. */
  boolean refusedToGrow() {
    return refusedToGrow;
  }

  @Override
  public int pages() {
    return end / PAGE_SIZE;
  }

  @Override
  public int grow(int pages) {
    int before = pages();
    if (pages < 0 || pages > limits.maximumPages() - before) {
      refusedToGrow = true;
      return -1;
    }
    end += pages * PAGE_SIZE;
    if (end > octets.length) {
      long most = (long) limits.maximumPages() * PAGE_SIZE;
      octets = Arrays.copyOf(octets, (int) Math.min(most, Math.max(end, 2L * octets.length)));
    }
    return before;
  }

  private int at(int address, int width) {
    if (address < 0 || address > end - width) {
      throw outOfBounds(address);
    }
    return address;
  }

  private void checkRange(int address, int size, int limit) {
    if (address < 0 || size < 0 || address > limit - size) {
      throw outOfBounds(address);
    }
  }

  private TrapException outOfBounds(int address) {
    return new TrapException(
        "out of bounds memory access at " + Integer.toUnsignedString(address) + " of " + end);
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
  public long readU16(int address) {
    return readShort(address) & 0xffffL;
  }

  @Override
  public long readF32(int address) {
    return readInt(address);
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    checkRange(address, length, end);
    return Arrays.copyOfRange(octets, address, address + length);
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    checkRange(offset, length, source.length);
    checkRange(address, length, end);
    System.arraycopy(source, offset, octets, address, length);
  }

  @Override
  public void fill(byte value, int from, int to) {
    checkRange(from, to - from, end);
    Arrays.fill(octets, from, to, value);
  }

  @Override
  public void copy(int to, int from, int length) {
    checkRange(from, length, end);
    checkRange(to, length, end);
    System.arraycopy(octets, from, octets, to, length);
  }

  @Override
  public void zero() {
    Arrays.fill(octets, (byte) 0);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments) {
    initialize(instance, dataSegments, 0);
  }

  @Override
  public void initialize(Instance instance, DataSegment @Nullable [] data, int memoryIndex) {
    segments = data == null ? new DataSegment[0] : data.clone();
    for (int i = 0; i < segments.length; i++) {
      if (segments[i] instanceof ActiveDataSegment active) {
        long[] offset =
            ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions());
        write((int) offset[0], active.data(), 0, active.data().length);
        drop(i); // an active segment counts as dropped once it is written
      }
    }
  }

  @Override
  public void initPassiveSegment(int segment, int to, int from, int length) {
    if (segments == null) {
      throw new TrapException("memory.init before the memory was set up");
    }
    write(to, segments[segment].data(), from, length);
  }

  @Override
  public void drop(int segment) {
    if (segments != null) {
      segments[segment] = PassiveDataSegment.EMPTY;
    }
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return limits.maximumPages();
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public Object lock(int address) {
    throw noThreads();
  }

  @Override
  public int waitOn(int address, int expected, long timeout) {
    throw noThreads();
  }

  @Override
  public int waitOn(int address, long expected, long timeout) {
    throw noThreads();
  }

  @Override
  public int notify(int address, int count) {
    throw noThreads();
  }

  private static IllegalStateException noThreads() {
    return new IllegalStateException("admission refuses modules with threads");
  }
}
