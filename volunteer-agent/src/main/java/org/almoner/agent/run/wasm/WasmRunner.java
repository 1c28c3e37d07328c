package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.process.ChildProcess;
import org.almoner.agent.run.process.ChildTask;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.GuestSeed;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.snapshot.Earlier;
import org.almoner.agent.run.snapshot.Parts;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundlePath;
import org.almoner.workload.wasm.Admitted;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.RefusedModule;
import org.almoner.workload.wasm.WasmModule;

/**
 * Runs units whose software is a Wasm module: admits and meters it here, then runs it in a Java
 * process of its own.
 */
public final class WasmRunner implements Runner {
  private final ChildJvm jvm;
  private final CompiledModules compiled;
  private final Machine machine;
  private final ProcessControl control;
  private final Clocks clocks;

  /** A runner on {@code machine}. */
  public WasmRunner(
      ChildJvm jvm,
      CompiledModules compiled,
      Machine machine,
      ProcessControl control,
      Clocks clocks) {
    this.jvm = jvm;
    this.compiled = compiled;
    this.machine = machine;
    this.control = control;
    this.clocks = clocks;
  }

  @Override
  public Running start(Task task) throws IOException {
    byte[] module = Files.readAllBytes(task.module());
    Admitted admitted;
    try {
      admitted =
          WasmModule.admit(
              module, new ModuleLimits(task.allotment().memoryPages()), EngineForm.JVM);
    } catch (RefusedModule e) {
      return new Ended(new RunOutcome.Refused(String.valueOf(e.getMessage()), nothingUsed(task)));
    }
    ChildFiles files = new ChildFiles(task.directory());
    Hash metered = Hash.sha256(admitted.metered().toArray());
    Hash seed = GuestSeed.of(admitted.original(), task.args());
    List<SnapshotOrder> snapshots = new ArrayList<>();
    Earlier earlier = Earlier.none(clocks.calendar().millis());
    if (admitted.stepping().isPutAside()) {
      SnapshotOrder order = Parts.order(task, admitted, seed, earlier.startMs());
      snapshots.add(order);
      earlier = Parts.earlier(order, task);
    }
    prepare(task, admitted, seed, snapshots, files);
    compiled.give(metered, jvm.memory(), files.compiled());
    List<String> command = jvm.command(task.allotment(), module.length);
    ChildProcess process =
        ChildProcess.start(
            command,
            files,
            earlier.left(task.allotment()),
            jvm.ceiling(task.allotment(), module.length),
            machine,
            control,
            clocks);
    if (!snapshots.isEmpty()) {
      process.putsAside();
    }
    return new WasmRunning(
        process, earlier, files, task.allotment(), compiled, jvm.memory(), metered);
  }

  private static void prepare(
      Task task, Admitted admitted, Hash seed, List<SnapshotOrder> snapshots, ChildFiles files)
      throws IOException {
    Files.write(files.module(), admitted.metered().toArray());
    Files.createDirectory(files.inputs());
    Files.createDirectory(files.scratch());
    List<BundlePath> names = new ArrayList<>();
    for (Map.Entry<BundlePath, Path> input : new TreeMap<>(task.inputs()).entrySet()) {
      give(input.getValue(), files.input(names.size()));
      names.add(input.getKey());
    }
    ChildTask told =
        new ChildTask(task.args(), names, seed, task.allotment().diskBytes(), snapshots);
    Files.write(files.task(), told.encode());
  }

  /** A link costs nothing; where there can be none, a copy does. */
  private static void give(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(file, name);
    }
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
      return Engine.PORTABLE;
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
