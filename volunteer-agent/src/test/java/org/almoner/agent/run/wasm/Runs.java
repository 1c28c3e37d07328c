package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.result.BundlePath;

/** Puts a run together for a test: real module, real process, real clocks. */
final class Runs {
  static final Path MERSENNE =
      Path.of(System.getProperty("almoner.root"), "docs/examples/mersenne/mersenne.wasm");

  static final Machine MACHINE = new Machine();
  static final Clocks CLOCKS = new Clocks(InstantSource.system(), System::nanoTime);

  private static final long MIB = 1 << 20;

  private final Path parent;
  private final Map<BundlePath, Path> inputs = new HashMap<>();
  private Path module = MERSENNE;
  private List<String> args = List.of();
  private ChildJvm jvm = ChildJvm.sameAsThis();
  private long memoryBytes = 16 * MIB;
  private long diskBytes = MIB;
  private long wallMs = 120_000;

  private Runs(Path parent) {
    this.parent = parent;
  }

  static Runs in(Path parent) {
    return new Runs(parent);
  }

  Runs module(Path path) {
    module = path;
    return this;
  }

  /** A module among the test resources. */
  Runs fixture(String name) throws Exception {
    return module(Path.of(Runs.class.getResource(name).toURI()));
  }

  Runs args(String... values) {
    args = List.of(values);
    return this;
  }

  Runs input(String name, Path file) {
    inputs.put(new BundlePath(name), file);
    return this;
  }

  Runs memory(long bytes) {
    memoryBytes = bytes;
    return this;
  }

  Runs disk(long bytes) {
    diskBytes = bytes;
    return this;
  }

  Runs wall(long ms) {
    wallMs = ms;
    return this;
  }

  Runs java(Path java) {
    return on(new ChildJvm(java, false));
  }

  Runs on(ChildJvm java) {
    jvm = java;
    return this;
  }

  Running start() throws IOException {
    Path directory = Files.createTempDirectory(parent, "run");
    Allotment allotment = new Allotment(1, memoryBytes, diskBytes, wallMs);
    CompiledModules compiled = new CompiledModules(parent.resolve("compiled"));
    return new WasmRunner(
            jvm, compiled, MACHINE, ProcessControl.forSystem(System.getProperty("os.name")), CLOCKS)
        .start(new Task(module, args, inputs, allotment, directory));
  }

  RunOutcome run() throws IOException, InterruptedException {
    Running running = start();
    try {
      return running.await();
    } finally {
      running.stop();
    }
  }
}
