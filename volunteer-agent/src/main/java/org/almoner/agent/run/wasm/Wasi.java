package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOutput;
import org.almoner.workload.wasm.WasiProfile;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * WASI preview 1 as the profile fixes it: everything the guest can learn is the same on every
 * machine.
 *
 * <p>The profile is {@code docs/spec/wasi-profile.md}. Calls that want a file system to be more
 * than files and directories (links) fail with {@code notsup}.
 */
final class Wasi {
  /** The guest's own name: its length is part of what is counted. */
  static final String PROGRAM = "unit";

  private static final int SUBSCRIPTION_SIZE = 48;
  private static final int EVENT_SIZE = 32;
  private static final int SUBSCRIPTIONS_MAX = 1024;
  private static final int EVENT_CLOCK = 0;
  private static final int ABSOLUTE = 1;
  private static final int CLOCKS = 4;
  private static final int RANDOM_CHUNK = 1 << 16;

  private final List<byte[]> args = new ArrayList<>();
  private final Descriptors descriptors;
  private final WasiFiles files;
  private final WasiPaths paths;
  private final GuestClock clock = new GuestClock();
  private final GuestRandom random;
  private final GuestTree tree;
  private final Tail tail;
  private final Map<String, Call> calls = new TreeMap<>();

  /** One function of the interface; the parameters are Wasm values. */
  @FunctionalInterface
  private interface Call {
    void apply(Memory memory, long[] p) throws IOException, WasiFault;
  }

  Wasi(List<String> args, GuestTree tree, GuestRandom random, Tail tail) {
    this.args.add(cString(PROGRAM));
    args.forEach(arg -> this.args.add(cString(arg)));
    this.descriptors = new Descriptors(tree);
    this.files = new WasiFiles(descriptors, tail);
    this.paths = new WasiPaths(descriptors, tree);
    this.random = random;
    this.tree = tree;
    this.tail = tail;
    environment();
    time();
    descriptorCalls();
    pathCalls();
  }

  private static byte[] cString(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  /** Ends all that the guest left open. */
  void close() throws IOException {
    descriptors.closeAll();
  }

  /** Puts aside all that the guest could learn next. */
  void save(SnapshotOutput out) throws IOException {
    clock.save(out);
    random.save(out);
    tail.save(out);
    tree.snapshot().save(out, descriptors.nodes());
    descriptors.save(out);
  }

  /** Takes up again what {@link #save} put aside. */
  void load(SnapshotInput in) throws IOException, MalformedSnapshot {
    clock.load(in);
    random.load(in);
    tail.load(in);
    descriptors.load(in, tree.snapshot().load(in));
  }

  /** The functions for an engine to link. */
  List<ImportFunction> functions() {
    List<ImportFunction> functions = new ArrayList<>();
    WasiProfile.signatures().forEach((name, signature) -> functions.add(function(name, signature)));
    return functions;
  }

  private HostFunction function(String name, String signature) {
    Call call = calls.get(name);
    if (call == null) {
      throw new IllegalStateException("the profile has " + name + ", but nothing answers it");
    }
    int colon = signature.indexOf(':');
    FunctionType type =
        FunctionType.of(
            types(signature.substring(0, colon)), types(signature.substring(colon + 1)));
    return new HostFunction(
        WasiProfile.MODULE,
        name,
        type,
        (instance, p) -> new long[] {errno(call, instance.memory(), p)});
  }

  private static List<ValType> types(String letters) {
    return letters.chars().mapToObj(c -> c == 'i' ? ValType.I32 : ValType.I64).toList();
  }

  private static long errno(Call call, Memory memory, long[] parameters) {
    try {
      call.apply(memory, parameters);
      return Errno.SUCCESS.number;
    } catch (WasiFault e) {
      return e.errno().number;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // this machine's fault: never a result of the guest
    }
  }

  private void environment() {
    calls.put(
        "args_sizes_get",
        (m, p) -> {
          m.writeI32((int) p[0], args.size());
          m.writeI32((int) p[1], args.stream().mapToInt(arg -> arg.length).sum());
        });
    calls.put(
        "args_get",
        (m, p) -> {
          int pointers = (int) p[0];
          int at = (int) p[1];
          for (byte[] arg : args) {
            m.writeI32(pointers, at);
            m.write(at, arg);
            pointers += Integer.BYTES;
            at += arg.length;
          }
        });
    calls.put(
        "environ_sizes_get",
        (m, p) -> {
          m.writeI32((int) p[0], 0);
          m.writeI32((int) p[1], 0);
        });
    calls.put("environ_get", (m, p) -> {});
    calls.put("random_get", (m, p) -> randomGet(m, (int) p[0], (int) p[1]));
    calls.put("sched_yield", (m, p) -> {});
    calls.put(
        "proc_exit",
        (m, p) -> {
          throw new GuestExit((int) p[0]);
        });
  }

  private void randomGet(Memory memory, int at, int length) {
    if (length != 0) {
      memory.read(at);
      memory.read(length < 0 ? -1 : at + length - 1);
    }
    for (int done = 0; done < length; ) {
      byte[] octets = new byte[Math.min(RANDOM_CHUNK, length - done)];
      random.fill(octets);
      memory.write(at + done, octets);
      done += octets.length;
    }
  }

  private void time() {
    calls.put(
        "clock_res_get",
        (m, p) -> {
          requireClock((int) p[0]);
          m.writeLong((int) p[1], GuestClock.STEP_NS);
        });
    calls.put("clock_time_get", (m, p) -> m.writeLong((int) p[2], now((int) p[0])));
    calls.put("poll_oneoff", (m, p) -> poll(m, (int) p[0], (int) p[1], (int) p[2], (int) p[3]));
  }

  private static void requireClock(int id) throws WasiFault {
    if (id < 0 || id >= CLOCKS) {
      throw new WasiFault(Errno.INVAL);
    }
  }

  /** Clock 0 is the calendar; the others count from the start of the guest. */
  private long now(int id) throws WasiFault {
    requireClock(id);
    return id == 0 ? clock.realtimeNs() : clock.monotonicNs();
  }

  /**
   * Descriptors are always ready. Only when nothing but clocks is waited for does the time of the
   * first one pass.
   */
  private void poll(Memory m, int from, int to, int count, int written) throws WasiFault {
    if (count <= 0 || count > SUBSCRIPTIONS_MAX) {
      throw new WasiFault(Errno.INVAL);
    }
    long first = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int at = from + i * SUBSCRIPTION_SIZE;
      first = Math.min(first, m.read(at + 8) == EVENT_CLOCK ? untilNs(m, at) : 0);
    }
    int events = 0;
    for (int i = 0; i < count; i++) {
      int at = from + i * SUBSCRIPTION_SIZE;
      byte type = m.read(at + 8);
      if (type != EVENT_CLOCK || untilNs(m, at) <= first) {
        int event = to + events * EVENT_SIZE;
        long userdata = m.readLong(at);
        m.fill((byte) 0, event, event + EVENT_SIZE);
        m.writeLong(event, userdata);
        m.writeByte(event + 10, type);
        events++;
      }
    }
    clock.pass(first);
    m.writeI32(written, events);
  }

  private long untilNs(Memory memory, int subscription) throws WasiFault {
    long timeout = Math.max(0, memory.readLong(subscription + 24));
    if ((memory.readShort(subscription + 40) & ABSOLUTE) == 0) {
      return timeout;
    }
    return Math.max(0, timeout - now(memory.readInt(subscription + 16)));
  }

  private void descriptorCalls() {
    calls.put("fd_close", (m, p) -> files.close((int) p[0]));
    calls.put("fd_renumber", (m, p) -> files.renumber((int) p[0], (int) p[1]));
    calls.put("fd_sync", (m, p) -> files.known((int) p[0]));
    calls.put("fd_datasync", (m, p) -> files.known((int) p[0]));
    calls.put("fd_advise", (m, p) -> files.known((int) p[0]));
    calls.put("fd_filestat_set_times", (m, p) -> files.known((int) p[0]));
    calls.put("fd_fdstat_get", (m, p) -> files.fdstat(m, (int) p[0], (int) p[1]));
    calls.put("fd_fdstat_set_flags", (m, p) -> files.setFlags((int) p[0], (int) p[1]));
    calls.put("fd_fdstat_set_rights", (m, p) -> files.setRights((int) p[0], p[1], p[2]));
    calls.put("fd_filestat_get", (m, p) -> files.filestat(m, (int) p[0], (int) p[1]));
    calls.put("fd_filestat_set_size", (m, p) -> files.setSize((int) p[0], p[1]));
    calls.put("fd_allocate", (m, p) -> files.allocate((int) p[0], p[1], p[2]));
    calls.put("fd_seek", (m, p) -> files.seek(m, (int) p[0], p[1], (int) p[2], (int) p[3]));
    calls.put("fd_tell", (m, p) -> files.tell(m, (int) p[0], (int) p[1]));
    calls.put("fd_read", (m, p) -> files.read(m, (int) p[0], (int) p[1], (int) p[2], (int) p[3]));
    calls.put("fd_write", (m, p) -> files.write(m, (int) p[0], (int) p[1], (int) p[2], (int) p[3]));
    calls.put(
        "fd_pread", (m, p) -> files.pread(m, (int) p[0], (int) p[1], (int) p[2], p[3], (int) p[4]));
    calls.put(
        "fd_pwrite",
        (m, p) -> files.pwrite(m, (int) p[0], (int) p[1], (int) p[2], p[3], (int) p[4]));
    calls.put(
        "fd_readdir",
        (m, p) -> files.readdir(m, (int) p[0], (int) p[1], (int) p[2], p[3], (int) p[4]));
    calls.put(
        "fd_prestat_get",
        (m, p) -> {
          byte[] name = preopen((int) p[0]);
          m.writeI32((int) p[1], 0); // the only kind: a directory
          m.writeI32((int) p[1] + 4, name.length);
        });
    calls.put(
        "fd_prestat_dir_name",
        (m, p) -> {
          byte[] name = preopen((int) p[0]);
          if (Integer.toUnsignedLong((int) p[2]) < name.length) {
            throw new WasiFault(Errno.INVAL);
          }
          m.write((int) p[1], name);
        });
  }

  private byte[] preopen(int fd) throws WasiFault {
    if (descriptors.get(fd) instanceof Descriptor.Directory directory
        && !directory.preopen.isEmpty()) {
      return directory.preopen.getBytes(StandardCharsets.UTF_8);
    }
    throw new WasiFault(Errno.BADF);
  }

  private void pathCalls() {
    calls.put(
        "path_open",
        (m, p) ->
            paths.open(
                m,
                (int) p[0],
                (int) p[2],
                (int) p[3],
                new WasiPaths.Opening((int) p[4], p[5], p[6], (int) p[7]),
                (int) p[8]));
    calls.put(
        "path_filestat_get",
        (m, p) -> paths.filestat(m, (int) p[0], (int) p[2], (int) p[3], (int) p[4]));
    calls.put(
        "path_filestat_set_times", (m, p) -> paths.touch(m, (int) p[0], (int) p[2], (int) p[3]));
    calls.put(
        "path_create_directory",
        (m, p) -> paths.createDirectory(m, (int) p[0], (int) p[1], (int) p[2]));
    calls.put(
        "path_remove_directory",
        (m, p) -> paths.removeDirectory(m, (int) p[0], (int) p[1], (int) p[2]));
    calls.put("path_unlink_file", (m, p) -> paths.unlink(m, (int) p[0], (int) p[1], (int) p[2]));
    calls.put(
        "path_rename",
        (m, p) ->
            paths.rename(
                m, (int) p[0], (int) p[1], (int) p[2], (int) p[3], (int) p[4], (int) p[5]));
    calls.put("path_readlink", (m, p) -> paths.readlink(m, (int) p[0], (int) p[1], (int) p[2]));
    calls.put("path_link", (m, p) -> noLinks());
    calls.put("path_symlink", (m, p) -> noLinks());
  }

  private static void noLinks() throws WasiFault {
    throw new WasiFault(Errno.NOTSUP);
  }
}
