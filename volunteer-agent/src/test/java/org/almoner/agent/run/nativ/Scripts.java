package org.almoner.agent.run.nativ;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.sandbox.Host;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.result.BundlePath;

/** Shell scripts as native programs: real sandbox, real processes, real clocks. */
final class Scripts {
  private static final Machine MACHINE = new Machine();
  private static final long MIB = 1 << 20;

  private final Path folder;
  private final NativeRunner runner;
  private final Map<BundlePath, Path> inputs = new HashMap<>();
  private final Map<BundlePath, Path> files = new LinkedHashMap<>();
  private long diskBytes = MIB;
  private long wallMs = 30_000;
  private int runs;

  Scripts(Path folder) throws Exception {
    this.folder = folder;
    Sandbox.Found found = Sandbox.find(Host.here(), folder);
    assumeTrue(found instanceof Sandbox.Usable, () -> "tool missing: bwrap-usable " + found);
    this.runner =
        new NativeRunner(
            ((Sandbox.Usable) found).sandbox(),
            new Platform("linux-x86_64"),
            MACHINE,
            ProcessControl.forSystem("Linux"),
            new Clocks(InstantSource.system(), System::nanoTime));
  }

  Scripts input(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve("input-" + inputs.size()), text);
    inputs.put(new BundlePath(name), file);
    return this;
  }

  Scripts file(String name, String text) throws Exception {
    return file(name, Files.writeString(folder.resolve("file-" + files.size()), text));
  }

  Scripts file(String name, Path file) {
    files.put(new BundlePath(name), file);
    return this;
  }

  Scripts disk(long bytes) {
    diskBytes = bytes;
    return this;
  }

  Scripts wall(long ms) {
    wallMs = ms;
    return this;
  }

  /** The directory of the last run. */
  Path directory() {
    return folder.resolve("run-" + runs);
  }

  Running start(String script, String... args) throws Exception {
    BundlePath program = new BundlePath("bin/unit");
    Map<BundlePath, Path> all = new LinkedHashMap<>();
    runs++;
    all.put(program, Files.writeString(folder.resolve("script-" + runs), "#!/bin/sh\n" + script));
    all.putAll(files);
    return runner.start(
        new Task(
            new Software.Program(program, all),
            List.of(args),
            inputs,
            new Allotment(1, 64 * MIB, diskBytes, wallMs),
            Files.createDirectory(directory()),
            List.of()));
  }

  RunOutcome run(String script, String... args) throws Exception {
    return start(script, args).await();
  }
}
