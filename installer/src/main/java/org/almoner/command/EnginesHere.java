package org.almoner.command;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.Engines;
import org.almoner.agent.run.Offered;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.nativ.NativeRunner;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.sandbox.Host;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.agent.run.wasm.ChildJvm;
import org.almoner.agent.run.wasm.CompiledModules;
import org.almoner.agent.run.wasm.WasmRunner;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.Program;

/**
 * The engines of this computer: portable Wasm everywhere, native programs where there is a sandbox.
 *
 * @param noSandbox why there is none; empty where there is
 */
record EnginesHere(Engines runner, String noSandbox) {
  /**
   * Looks what there is.
   *
   * @param folder an existing directory for what the engines keep
   */
  static EnginesHere find(ChildJvm java, Path folder, Machine meter, InstantSource clock)
      throws IOException {
    ProcessControl control = ProcessControl.forSystem(System.getProperty("os.name", ""));
    Clocks clocks = new Clocks(clock, System::nanoTime);
    Map<Engine, Runner> runners = new EnumMap<>(Engine.class);
    runners.put(
        Engine.PORTABLE,
        new WasmRunner(
            java, new CompiledModules(folder.resolve("compiled")), meter, control, clocks));
    Host host = Host.here();
    List<Platform> here = Platform.of(host.osName(), host.osArch()).stream().toList();
    Sandbox.Found found = sandbox(host, folder);
    if (found instanceof Sandbox.Usable usable && !here.isEmpty()) {
      runners.put(
          Engine.NATIVE, new NativeRunner(usable.sandbox(), here.get(0), meter, control, clocks));
    }
    List<Platform> natives = runners.containsKey(Engine.NATIVE) ? here : List.of();
    return new EnginesHere(
        new Engines(runners, new Offered(new ArrayList<>(runners.keySet()), natives, false, here)),
        found instanceof Sandbox.Missing missing ? missing.reason() : "");
  }

  private static Sandbox.Found sandbox(Host host, Path folder) throws IOException {
    try {
      return Sandbox.find(host, Files.createDirectories(folder.resolve("sandbox")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while it looked for a sandbox");
    }
  }

  /** Why the program cannot be run here; empty when it can. */
  Optional<String> cannotRun(Program program) {
    return runner
        .offered()
        .cannotRun(program)
        .map(
            reason ->
                noSandbox.isEmpty() ? reason : reason + "; there is no sandbox: " + noSandbox);
  }
}
