package org.almoner.agent.run.process;

import java.nio.file.Path;

/**
 * The files in the working directory of a unit's process. Their names are fixed, so that no path of
 * this machine has to be told or decoded.
 */
public record ChildFiles(Path directory) {
  /** What to do, written by the agent. */
  public Path task() {
    return directory.resolve("task.json");
  }

  /** The metered module, written by the agent. */
  public Path module() {
    return directory.resolve("module.wasm");
  }

  /**
   * What the engine made of the module: given by the agent when it has it, else left by the process
   * for the next.
   */
  public Path compiled() {
    return directory.resolve("compiled.jar");
  }

  /** Input number {@code index} of the task, given by the agent. */
  public Path input(int index) {
    return inputs().resolve(Integer.toString(index));
  }

  /** Directory of the inputs. */
  public Path inputs() {
    return directory.resolve("in");
  }

  /** Empty directory in which the process keeps what the guest writes. */
  public Path scratch() {
    return directory.resolve("scratch");
  }

  /** The output bundle, written by the process. */
  public Path bundle() {
    return directory.resolve("output.bundle");
  }

  /** The snapshot from which the guest goes on, given by the agent if there is one. */
  public Path resume() {
    return directory.resolve("resume");
  }

  /** The last snapshot, written by the process. */
  public Path snapshot() {
    return directory.resolve("snapshot");
  }

  /** How it went, written by the process as its last act. */
  public Path result() {
    return directory.resolve("result.json");
  }

  /** Which process it is, written by the agent. */
  public Path process() {
    return directory.resolve("process.json");
  }

  /** What the process itself, not the guest, printed. */
  public Path log() {
    return directory.resolve("child.log");
  }
}
