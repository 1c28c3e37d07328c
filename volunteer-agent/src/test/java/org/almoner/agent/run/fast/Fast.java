package org.almoner.agent.run.fast;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.sandbox.Host;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.result.BundlePath;

/**
 * The fast engine of this computer for tests: one kit and its compiled modules for all of them, in
 * a folder that goes with the Java machine. A computer without it skips, naming what is missing.
 */
public final class Fast {
  private static final long MIB = 1 << 20;

  static final Platform PLATFORM = new Platform("linux-x86_64");

  private static FastKit.Found found;
  private static Sandbox sandbox;
  private static Path folder;
  private static FastPrograms programs;

  private long memoryBytes = 16 * MIB;
  private long diskBytes = MIB;
  private long wallMs = 120_000;

  private Fast() {}

  /** The engine, or the test is skipped. */
  public static synchronized Fast engine() throws Exception {
    if (found == null) {
      folder = Files.createTempDirectory("almoner-fast");
      Runtime.getRuntime().addShutdownHook(new Thread(Fast::remove));
      Sandbox.Found box = Sandbox.find(Host.here(), folder);
      if (box instanceof Sandbox.Usable usable) {
        sandbox = usable.sandbox();
        found = FastKit.find(sandbox, folder.resolve("kit"));
      } else {
        found = new FastKit.Missing(((Sandbox.Missing) box).reason());
      }
    }
    assumeThat(found).as("tool missing: " + found).isInstanceOf(FastKit.Usable.class);
    if (programs == null) {
      programs = new FastPrograms(kit(), folder.resolve("programs"));
    }
    return new Fast();
  }

  static FastKit kit() {
    return ((FastKit.Usable) found).kit();
  }

  static Sandbox sandbox() {
    return sandbox;
  }

  private static void remove() {
    try {
      FolderTree.remove(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Fast memory(long bytes) {
    memoryBytes = bytes;
    return this;
  }

  public Fast disk(long bytes) {
    diskBytes = bytes;
    return this;
  }

  public Fast wall(long ms) {
    wallMs = ms;
    return this;
  }

  FastRunner runner() {
    return new FastRunner(
        List.of(programs),
        sandbox,
        PLATFORM,
        new Machine(),
        ProcessControl.forSystem(System.getProperty("os.name")),
        new Clocks(InstantSource.system(), System::nanoTime));
  }

  Running start(Path module, List<String> args, Map<BundlePath, Path> inputs) throws IOException {
    Path directory = Files.createTempDirectory(folder, "run");
    Allotment allotment = new Allotment(1, memoryBytes, diskBytes, wallMs);
    return runner().start(new Task(module, args, inputs, allotment, directory));
  }

  /** Starts a task that has a directory of its own. */
  public Running start(Task task) throws IOException {
    return runner().start(task);
  }

  /** Runs a module to its end. */
  public RunOutcome run(Path module, List<String> args, Map<BundlePath, Path> inputs)
      throws IOException, InterruptedException {
    Running running = start(module, args, inputs);
    try {
      return running.await();
    } finally {
      running.stop();
    }
  }
}
