package org.almoner.agent.run.wasm;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.process.ChildResult;
import org.almoner.agent.run.process.ChildResult.End;
import org.almoner.agent.run.process.ChildTask;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;

/**
 * The program a unit's process runs: reads its task from the working directory, runs the guest,
 * leaves the output bundle and the result.
 *
 * <p>It ends with code 0 when there is a result, {@value #FAILED} when this machine failed, {@value
 * #ORPHANED} when the agent is gone, and {@value #PUT_ASIDE} when the agent had the guest put
 * aside.
 */
final class WasmChildMain {
  private static final int FAILED = 70;
  private static final int ORPHANED = 71;
  private static final int PUT_ASIDE = 72;

  /**
   * Stack of the guest's thread, in octets. The guest keeps account of 16 MiB by itself ({@code
   * docs/spec/meter.md}); its frames here are larger, at worst by a factor of 16. Only what is
   * touched is memory.
   */
  private static final long STACK_BYTES = 256L << 20;

  private static final long NANOS_PER_MS = 1_000_000;

  private WasmChildMain() {}

  /** Takes the {@link MemoryKind} of the guest. */
  public static void main(String[] args) throws InterruptedException {
    MemoryKind kind = MemoryKind.valueOf(args[0]);
    AtomicBoolean wished = new AtomicBoolean();
    Thread lifeline = new Thread(() -> listen(wished), "lifeline");
    lifeline.setDaemon(true);
    lifeline.start();
    Thread guest = new Thread(null, () -> runAndExit(kind, wished::get), "guest", STACK_BYTES);
    guest.start();
    guest.join();
  }

  /**
   * Standard input is a pipe that ends when the agent does. An octet is the agent's wish to have
   * the guest put aside.
   */
  private static void listen(AtomicBoolean wished) {
    try {
      while (System.in.read() >= 0) {
        wished.set(true);
      }
    } catch (IOException e) {
      // as good as its end
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static void runAndExit(MemoryKind kind, BooleanSupplier wished) {
    int code = FAILED;
    try {
      run(new ChildFiles(Path.of("")), kind, wished);
      code = 0;
    } catch (GuestPutAside e) {
      code = PUT_ASIDE;
    } catch (IOException | MalformedJson | RuntimeException e) {
      System.err.println("the unit's process failed: " + e);
    } finally {
      Runtime.getRuntime().halt(code); // also past errors of the Java machine itself
    }
  }

  private static void run(ChildFiles files, MemoryKind kind, BooleanSupplier wished)
      throws IOException, MalformedJson {
    ChildTask task = ChildTask.parse(Files.readAllBytes(files.task()));
    Map<BundlePath, Path> inputs = new TreeMap<>();
    for (int i = 0; i < task.inputs().size(); i++) {
      inputs.put(task.inputs().get(i), files.input(i));
    }
    GuestTree tree =
        new GuestTree(inputs, files.scratch(), BundleLimits.ofOctets(task.diskBytes()));
    Tail tail = new Tail();
    Wasi wasi = new Wasi(task.args(), tree, new GuestRandom(task.seed()), tail);
    CompiledModule compiled = new CompiledModule(files.compiled(), kind);
    Optional<PutAside> aside =
        task.snapshots().stream().findFirst().map(o -> aside(files, o, wished));
    Guest.Ended ended =
        new Guest(memories(kind), aside).run(Files.readAllBytes(files.module()), compiled, wasi);
    wasi.close();
    if (ended.end() == End.FINISHED) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(files.bundle()))) {
        tree.writeBundle(out);
      }
    }
    leave(files, ended, tail.lines());
  }

  private static PutAside aside(ChildFiles files, SnapshotOrder order, BooleanSupplier wished) {
    return new PutAside(
        files, order, System::nanoTime, WasmChildMain::cpuMs, wished, System.err::println);
  }

  private static Guest.Memories memories(MemoryKind kind) throws IOException {
    if (kind == MemoryKind.FLAT) {
      return FlatMemory::new;
    }
    GuardedArea area = new GuardedArea();
    System.setProperty(EngineClass.ADDRESS_PROPERTY, Long.toString(area.address()));
    return limits -> new GuardedMemory(limits, area);
  }

  private static void leave(ChildFiles files, Guest.Ended ended, List<String> tail)
      throws IOException {
    ChildResult result =
        new ChildResult(
            ended.end(),
            ended.exit(),
            ended.count(),
            ended.memoryRefused(),
            cpuMs(),
            ended.reason(),
            tail);
    Path unfinished = files.directory().resolve("result.tmp");
    Files.write(unfinished, result.encode());
    Files.move(unfinished, files.result(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static long cpuMs() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Math.max(0, system.getProcessCpuTime()) / NANOS_PER_MS;
  }
}
