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
import java.util.Set;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.Engines;
import org.almoner.agent.run.Offered;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.fast.FastKit;
import org.almoner.agent.run.fast.FastPrograms;
import org.almoner.agent.run.fast.FastRunner;
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
 * The engines of this computer: portable Wasm everywhere; compiled Wasm and native programs where
 * there is a sandbox.
 *
 * @param runner gives each unit to one of them
 * @param each every engine alone
 * @param noSandbox why there is none; empty where there is
 */
record EnginesHere(Engines runner, Map<Engine, Runner> each, String noSandbox) {
  /** Both engines for modules. */
  static final Set<Engine> ALL = Set.of(Engine.PORTABLE, Engine.FAST);

  /** Copies the map. */
  EnginesHere {
    each = Map.copyOf(each);
  }

  /**
   * Looks what there is.
   *
   * @param wasm engines for modules that are of use, portable at least
   * @param folder an existing directory for what the engines keep
   */
  static EnginesHere find(
      Set<Engine> wasm,
      ChildJvm java,
      Path folder,
      Machine meter,
      Restraint restraint,
      InstantSource clock)
      throws IOException {
    ProcessControl control = ProcessControl.forSystem(System.getProperty("os.name", ""), restraint);
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
      if (wasm.contains(Engine.FAST)) {
        runners.put(
            Engine.FAST, fast(usable.sandbox(), here.get(0), folder, meter, control, clocks));
      }
    }
    List<Platform> natives = runners.containsKey(Engine.NATIVE) ? here : List.of();
    return new EnginesHere(
        new Engines(
            runners,
            new Offered(new ArrayList<>(runners.keySet()), natives, wantsBuilt(runners), here)),
        runners,
        found instanceof Sandbox.Missing missing ? missing.reason() : "");
  }

  /** One engine alone, which is here. */
  Runner of(Engine engine) {
    Runner alone = each.get(engine);
    if (alone == null) {
      throw new IllegalStateException("no engine " + engine.text());
    }
    return alone;
  }

  private static boolean wantsBuilt(Map<Engine, Runner> runners) {
    Runner fast = runners.get(Engine.FAST);
    return fast != null && fast.offered().wantsBuilt();
  }

  /** Compiles modules itself where the compilers are; else it runs what owners have published. */
  private static FastRunner fast(
      Sandbox sandbox,
      Platform here,
      Path folder,
      Machine meter,
      ProcessControl control,
      Clocks clocks)
      throws IOException {
    Path kept = Files.createDirectories(folder.resolve("fast"));
    FastKit.Found found;
    try {
      found = FastKit.find(sandbox, kept);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while it looked for compilers");
    }
    List<FastPrograms> programs =
        found instanceof FastKit.Usable usable
            ? List.of(new FastPrograms(usable.kit(), kept.resolve("programs")))
            : List.of();
    return new FastRunner(programs, sandbox, here, meter, control, clocks);
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
