package org.almoner.agent.run.fast;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Offered;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.Ceiling;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.process.ChildProcess;
import org.almoner.agent.run.process.ChildTask;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.GuestSeed;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.sandbox.Inside;
import org.almoner.agent.run.sandbox.Limits;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.agent.run.snapshot.Earlier;
import org.almoner.agent.run.snapshot.Parts;
import org.almoner.agent.run.snapshot.SnapshotHeader;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.workload.wasm.Admitted;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.RefusedModule;
import org.almoner.workload.wasm.WasmModule;

/**
 * Runs units whose software is a Wasm module as programs of this computer: admits and meters the
 * module here, compiles it, or takes what was published with it, and runs that in the sandbox.
 *
 * <p>{@link #start} throws {@link NoFastProgram} for a module that another engine has to run.
 */
public final class FastRunner implements Runner {
  /** What the process has beside the guest's memory: its stack of 256 MiB, tables, itself. */
  private static final long OWN_BYTES = 384L << 20;

  /** The guest's thread, the one that watches for the agent's end, and some to start with. */
  private static final int THREADS_MAX = 8;

  /** Those of all units together, where the kernel counts what one user has on the computer. */
  private static final int USER_THREADS_MAX = 256;

  /** The guest's 256 descriptors, and the process's own. */
  private static final int OPEN_FILES_MAX = 512;

  private final List<FastPrograms> programs;
  private final Sandbox sandbox;
  private final Platform platform;
  private final Machine machine;
  private final ProcessControl control;
  private final Clocks clocks;

  /**
   * A runner on {@code machine}.
   *
   * @param programs one that compiles here; none where there are no compilers, so that only what
   *     was published with a release can run
   * @param platform what this computer's programs are built for
   */
  public FastRunner(
      List<FastPrograms> programs,
      Sandbox sandbox,
      Platform platform,
      Machine machine,
      ProcessControl control,
      Clocks clocks) {
    this.programs = List.copyOf(programs);
    this.sandbox = sandbox;
    this.platform = platform;
    this.machine = machine;
    this.control = control;
    this.clocks = clocks;
  }

  @Override
  public Offered offered() {
    return new Offered(List.of(Engine.FAST), List.of(), programs.isEmpty(), List.of(platform));
  }

  @Override
  public Running start(Task task) throws IOException {
    byte[] module = Files.readAllBytes(task.module());
    int pages = task.allotment().memoryPages();
    Admitted admitted;
    try {
      admitted = WasmModule.admit(module, new ModuleLimits(ModuleLimits.MEMORY_PAGES_MAX));
      if (ModuleForC.of(admitted.metered().toArray()).initialPages() > pages) {
        admitted = WasmModule.admit(module, new ModuleLimits(pages)); // says why it is refused
      }
    } catch (RefusedModule e) {
      return new Ended(new RunOutcome.Refused(String.valueOf(e.getMessage()), nothingUsed(task)));
    }
    FastFiles files = new FastFiles(task.directory().toAbsolutePath());
    giveProgram(task.software(), admitted, files.program());
    Hash seed = GuestSeed.of(admitted.original(), task.args());
    List<SnapshotOrder> snapshots = new ArrayList<>();
    Earlier earlier = Earlier.none(clocks.calendar().millis());
    if (admitted.stepping().isPutAside()) {
      SnapshotOrder order = Parts.order(task, admitted, seed, earlier.startMs());
      snapshots.add(order);
      earlier = Parts.earlier(order, task);
    }
    prepare(task, seed, snapshots, files);
    Limits limits = limits(task.allotment(), !snapshots.isEmpty());
    Inside inside = new Inside(files.mounts(), FastFiles.START, Map.of("TZ", "UTC0"), limits);
    ChildProcess process =
        ChildProcess.start(
            sandbox.command(inside, List.of(FastFiles.PROGRAM), files.status()),
            new ChildFiles(files.directory()),
            earlier.left(task.allotment()),
            new Ceiling(task.allotment().memoryBytes() + OWN_BYTES), // of all processes together
            machine,
            control,
            clocks);
    if (!snapshots.isEmpty()) {
      process.putsAside();
    }
    return new FastRunning(
        process,
        earlier,
        files,
        task.allotment(),
        files.watch(task.allotment(), !snapshots.isEmpty()));
  }

  private void giveProgram(Software software, Admitted admitted, Path to) throws IOException {
    if (!programs.isEmpty()) {
      compile(programs.get(0), admitted, to);
    } else if (software instanceof Software.Wasm wasm && !wasm.built().isEmpty()) {
      Files.copy(wasm.built().get(0), to);
    } else {
      throw new NoFastProgram(
          "its release holds nothing compiled for this computer, which has no compiler");
    }
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  private static void compile(FastPrograms programs, Admitted admitted, Path to)
      throws IOException {
    try {
      programs.give(admitted.metered(), to);
    } catch (BuildFailed e) {
      throw new NoFastProgram("the module could not be compiled here: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoFastProgram("compiling the module was interrupted");
    }
  }

  private void prepare(Task task, Hash seed, List<SnapshotOrder> snapshots, FastFiles files)
      throws IOException {
    Files.createDirectory(files.inputs());
    Files.createDirectory(files.out());
    Files.createDirectory(files.scratch());
    List<BundlePath> names = new ArrayList<>();
    for (Map.Entry<BundlePath, Path> input : new TreeMap<>(task.inputs()).entrySet()) {
      Path name = files.input(names.size());
      give(input.getValue(), name);
      sandbox.letRead(name);
      names.add(input.getKey());
    }
    ChildTask told =
        new ChildTask(task.args(), names, seed, task.allotment().diskBytes(), snapshots);
    Files.write(files.task(), FastTask.encode(told, task.allotment().memoryPages()));
    if (Files.exists(files.resume())) {
      sandbox.letRead(files.resume());
    }
    for (Path file : List.of(files.program(), files.task(), files.inputs())) {
      sandbox.letRead(file);
    }
    sandbox.letWrite(files.out());
    sandbox.letWrite(files.scratch());
  }

  /** A link costs nothing; where there can be none, a copy does. */
  private static void give(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(file, name);
    }
  }

  private static Limits limits(Allotment allotment, boolean putAside) {
    long bundle = BundleLimits.ofOctets(allotment.diskBytes()).bundleOctets();
    long snapshot = SnapshotHeader.octetsMax(allotment.memoryBytes(), allotment.diskBytes());
    return new Limits(
        allotment.memoryBytes() + OWN_BYTES,
        putAside ? Math.max(bundle, snapshot) : bundle,
        THREADS_MAX,
        USER_THREADS_MAX,
        OPEN_FILES_MAX);
  }

  private Measured nothingUsed(Task task) {
    long now = clocks.calendar().millis();
    return new Measured(now, now, 0, 0, 0, 0, task.allotment().memoryBytes());
  }

  /** A run that was over before it began. */
  private record Ended(RunOutcome outcome) implements Running {
    @Override
    public RunOutcome await() {
      return outcome;
    }

    @Override
    public Engine engine() {
      return Engine.FAST;
    }

    @Override
    public Spent spent() {
      return Spent.NOTHING;
    }

    @Override
    public void stop() {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }
}
