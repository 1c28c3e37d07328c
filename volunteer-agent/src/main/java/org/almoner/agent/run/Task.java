package org.almoner.agent.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundlePath;

/**
 * One unit to run here.
 *
 * @param software what to run; the caller has checked the digests of its files
 * @param args the guest's arguments, without the program's own name
 * @param inputs files the guest finds below {@code /in}, by name; the caller has checked their
 *     digests
 * @param allotment what the unit may take
 * @param directory an existing empty directory for this run alone; the caller removes it when the
 *     output is fetched
 * @param engines the engine it is wished to run on; none when any will do
 */
public record Task(
    Software software,
    List<String> args,
    Map<BundlePath, Path> inputs,
    Allotment allotment,
    Path directory,
    List<Engine> engines) {
  public Task {
    args = List.copyOf(args);
    inputs = Map.copyOf(inputs);
    engines = List.copyOf(engines);
    if (args.stream().anyMatch(arg -> arg.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("an argument of a unit holds no NUL");
    }
  }

  /** A Wasm module that any engine may run. */
  public Task(
      Path module,
      List<String> args,
      Map<BundlePath, Path> inputs,
      Allotment allotment,
      Path directory) {
    this(new Software.Wasm(module, List.of()), args, inputs, allotment, directory, List.of());
  }

  /**
   * The module as its owner published it.
   *
   * @throws IllegalStateException when the software is none
   */
  public Path module() {
    if (software instanceof Software.Wasm wasm) {
      return wasm.module();
    }
    throw new IllegalStateException("the unit's software is no Wasm module");
  }
}
