package org.almoner.agent.run.wasm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.snapshot.Earlier;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotHeader;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.agent.run.snapshot.SnapshotOutput;
import run.endive.runtime.GlobalInstance;

/** Puts a guest aside between its steps, from time to time, and takes it up again. */
final class PutAside {
  /** Putting a guest aside costs at most one part in so many of its time. */
  private static final long COST_DIVISOR = 20;

  private static final int GLOBALS_MAX = 1_000_000;

  private final ChildFiles files;
  private final SnapshotOrder order;
  private final LongSupplier nanos;
  private final LongSupplier cpuMs;
  private final BooleanSupplier wished;
  private final Consumer<String> complaints;
  private final long begunNanos;
  private Earlier earlier;
  private long dueNanos;

  /**
   * @param nanos monotonic clock
   * @param cpuMs processor time of this process
   * @param wished whether somebody wishes it now: the guest does not go on then
   * @param complaints is told why a snapshot was not written
   */
  PutAside(
      ChildFiles files,
      SnapshotOrder order,
      LongSupplier nanos,
      LongSupplier cpuMs,
      BooleanSupplier wished,
      Consumer<String> complaints) {
    this.files = files;
    this.order = order;
    this.nanos = nanos;
    this.cpuMs = cpuMs;
    this.wished = wished;
    this.complaints = complaints;
    this.begunNanos = nanos.getAsLong();
    this.earlier = Earlier.none(order.startMs());
    this.dueNanos = begunNanos + TimeUnit.MILLISECONDS.toNanos(order.everyMs());
  }

  /** What there is of a guest between two steps. */
  record Guest(GuestMemory memory, List<GlobalInstance> globals, Wasi wasi) {}

  boolean isWished() {
    return wished.getAsBoolean();
  }

  boolean isDue() {
    return isWished() || nanos.getAsLong() - dueNanos >= 0;
  }

  /**
   * Writes a snapshot, which takes the place of the last. One that cannot be written, for want of
   * room for instance, stops no guest: the last one stays, and the next is tried in its time.
   */
  void save(Guest guest) {
    long from = nanos.getAsLong();
    try {
      write(guest, from);
    } catch (IOException e) {
      complaints.accept("a snapshot was not written, and the last one stays: " + e);
    }
    long now = nanos.getAsLong();
    dueNanos =
        now
            + Math.max(
                TimeUnit.MILLISECONDS.toNanos(order.everyMs()),
                order.everyMs() == 0 ? 0 : COST_DIVISOR * (now - from));
  }

  private void write(Guest guest, long from) throws IOException {
    try (SnapshotOutput out = new SnapshotOutput(files.snapshot())) {
      new SnapshotHeader(order.unit(), taken(from)).write(out);
      out.u8(guest.memory().refusedToGrow() ? 1 : 0);
      out.u32(guest.globals().size());
      for (GlobalInstance global : guest.globals()) {
        out.i64(isWide(global) ? global.getValue() : global.getValue() & 0xffff_ffffL);
      }
      guest.memory().save(out);
      guest.wasi().save(out);
      out.finish();
    }
  }

  private Earlier taken(long nowNanos) {
    return new Earlier(
        earlier.startMs(),
        earlier.wallMs() + TimeUnit.NANOSECONDS.toMillis(nowNanos - begunNanos),
        earlier.cpuMs() + cpuMs.getAsLong());
  }

  private static boolean isWide(GlobalInstance global) {
    return switch (global.getType().opcode()) {
      case run.endive.wasm.types.ValType.ID.I64, run.endive.wasm.types.ValType.ID.F64 -> true;
      default -> false;
    };
  }

  /**
   * Makes the guest what it was, if there is a snapshot to go on from; the agent has looked at its
   * unit and digest.
   *
   * @return whether there was one
   * @throws IOException also when it is malformed
   */
  boolean load(Guest guest) throws IOException {
    if (!Files.exists(files.resume())) {
      return false;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(files.resume()))) {
      load(guest, new SnapshotInput(in));
      return true;
    } catch (MalformedSnapshot e) {
      throw new IOException("the snapshot is malformed: " + e.getMessage(), e);
    }
  }

  private void load(Guest guest, SnapshotInput in) throws IOException, MalformedSnapshot {
    SnapshotHeader header = SnapshotHeader.read(in);
    if (!header.unit().equals(order.unit())) {
      throw new MalformedSnapshot("it is of another unit");
    }
    earlier = header.taken();
    guest.memory().setRefusedToGrow(in.u8(1) == 1);
    if (in.u32(GLOBALS_MAX) != guest.globals().size()) {
      throw new MalformedSnapshot("it has another number of globals");
    }
    for (GlobalInstance global : guest.globals()) {
      long bits = in.i64();
      global.setValue(isWide(global) ? bits : (int) bits);
    }
    guest.memory().load(in);
    guest.wasi().load(in);
    in.end();
  }
}
