package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOutput;
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
 * The guest's memory: at most {@link MemoryLimits#maximumPages()} pages of 64 KiB, all zero at
 * first.
 *
 * <p>Addresses are unsigned 32-bit numbers in an int: those from 2^31 up are negative and outside,
 * as no memory is that large. What is called here is checked against the memory's end, however the
 * guest's own loads and stores are. Shared memory does not exist.
 */
@SuppressWarnings("removal") // the interface still has methods for threads
abstract class GuestMemory implements Memory {
  private static final byte[] ZEROS = new byte[PAGE_SIZE];

  private final MemoryLimits limits;
  private int end;
  private boolean refusedToGrow;
  private DataSegment @Nullable [] segments;

  GuestMemory(MemoryLimits limits) {
    this.limits = limits;
    this.end = limits.initialPages() * PAGE_SIZE;
  }

  /** Whether the guest ever asked for more memory than it may have. */
  final boolean refusedToGrow() {
    return refusedToGrow;
  }

  /** Number of octets. */
  final int end() {
    return end;
  }

  /** Makes room for a memory of {@code octets}, more than it had; the new ones are zero. */
  abstract void extend(int octets);

  @Override
  public final int pages() {
    return end / PAGE_SIZE;
  }

  @Override
  public final int grow(int pages) {
    int before = pages();
    if (pages < 0 || pages > limits.maximumPages() - before) {
      refusedToGrow = true;
      return -1;
    }
    if (pages > 0) {
      extend(end + pages * PAGE_SIZE);
      end += pages * PAGE_SIZE;
    }
    return before;
  }

  /** The address itself, when {@code width} octets from it on lie in the memory. */
  final int at(int address, int width) {
    if (address < 0 || address > end - width) {
      throw outOfBounds(address);
    }
    return address;
  }

  /** Throws unless {@code size} octets from {@code address} on lie below {@code limit}. */
  final void checkRange(int address, int size, int limit) {
    if (address < 0 || size < 0 || address > limit - size) {
      throw outOfBounds(address);
    }
  }

  private TrapException outOfBounds(int address) {
    return new TrapException(
        "out of bounds memory access at " + Integer.toUnsignedString(address) + " of " + end);
  }

  @Override
  public final long readU16(int address) {
    return readShort(address) & 0xffffL;
  }

  @Override
  public final long readF32(int address) {
    return readInt(address);
  }

  @Override
  public final long readF64(int address) {
    return readLong(address);
  }

  @Override
  public final void initialize(Instance instance, DataSegment[] dataSegments) {
    initialize(instance, dataSegments, 0);
  }

  @Override
  public final void initialize(Instance instance, DataSegment @Nullable [] data, int memoryIndex) {
    // the instance's own array, without a copy: data.drop changes that one
    segments = data == null ? new DataSegment[0] : data;
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
  public final void initPassiveSegment(int segment, int to, int from, int length) {
    if (segments == null) {
      throw new TrapException("memory.init before the memory was set up");
    }
    write(to, segments[segment].data(), from, length);
  }

  @Override
  public final void drop(int segment) {
    if (segments != null) {
      segments[segment] = PassiveDataSegment.EMPTY;
    }
  }

  @Override
  public final int initialPages() {
    return limits.initialPages();
  }

  @Override
  public final int maximumPages() {
    return limits.maximumPages();
  }

  @Override
  public final boolean shared() {
    return false;
  }

  @Override
  public final Object lock(int address) {
    throw noThreads();
  }

  @Override
  public final int waitOn(int address, int expected, long timeout) {
    throw noThreads();
  }

  @Override
  public final int waitOn(int address, long expected, long timeout) {
    throw noThreads();
  }

  @Override
  public final int notify(int address, int count) {
    throw noThreads();
  }

  private static IllegalStateException noThreads() {
    return new IllegalStateException("admission refuses modules with threads");
  }

  void save(SnapshotOutput out) throws IOException {
    List<Integer> used = new ArrayList<>();
    for (int page = 0; page < pages(); page++) {
      if (!Arrays.equals(readBytes(page * PAGE_SIZE, PAGE_SIZE), ZEROS)) {
        used.add(page);
      }
    }
    out.u32(pages());
    out.u32(used.size());
    for (int page : used) {
      out.u32(page);
      out.octets(readBytes(page * PAGE_SIZE, PAGE_SIZE));
    }
  }

  /** Makes the memory what it was; nothing that is in it now is left. */
  void load(SnapshotInput in) throws IOException, MalformedSnapshot {
    int pages = in.u32(maximumPages());
    if (pages < pages()) {
      throw new MalformedSnapshot("a memory does not become smaller");
    }
    var unused = grow(pages - pages());
    zero();
    for (int left = in.u32(pages); left > 0; left--) {
      write(in.u32(pages - 1) * PAGE_SIZE, in.octets(PAGE_SIZE), 0, PAGE_SIZE);
    }
  }

  void setRefusedToGrow(boolean refused) {
    refusedToGrow = refused;
  }
}
