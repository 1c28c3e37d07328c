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
 * @param directory an existing directory for this run alone, empty but for {@link #resume}; the
 *     caller removes it when the output is fetched
 * @param engines the engine it is wished to run on; none when any will do
 * @param snapshotMs least time between two snapshots of a module that runs in steps
 * @param notBeforeMs no part of the unit began earlier on this computer, milliseconds since 1970
 */
public record Task(
    Software software,
    List<String> args,
    Map<BundlePath, Path> inputs,
    Allotment allotment,
    Path directory,
    List<Engine> engines,
    long snapshotMs,
    long notBeforeMs) {
  /** What a standard {@link #snapshotMs} is: a minute. */
  public static final long SNAPSHOT_MS = 60_000;

  public Task {
    args = List.copyOf(args);
    inputs = Map.copyOf(inputs);
    engines = List.copyOf(engines);
    if (args.stream().anyMatch(arg -> arg.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("an argument of a unit holds no NUL");
    }
  }

  /** A unit that has not been put aside before, and is put aside every minute if it can be. */
  public Task(
      Software software,
      List<String> args,
      Map<BundlePath, Path> inputs,
      Allotment allotment,
      Path directory,
      List<Engine> engines) {
    this(software, args, inputs, allotment, directory, engines, SNAPSHOT_MS, 0);
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

  /** The same, put aside at another pace. */
  public Task withSnapshots(long everyMs) {
    return new Task(software, args, inputs, allotment, directory, engines, everyMs, notBeforeMs);
  }

  /** The snapshot from which it goes on, when the caller left one there: in {@link #directory}. */
  public Path resume() {
    return directory.resolve("resume");
  }
}
