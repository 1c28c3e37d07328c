package org.almoner.agent.run;

import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * How a run ended. Only {@link Finished} is a result; the others say in a sentence why there is
 * none.
 */
public sealed interface RunOutcome {
  /** What it took, whatever came of it. */
  Measured measured();

  /**
   * The guest ran to its end. An exit code other than 0 is the program's own report of failure.
   *
   * @param exit 0 to 255
   * @param count instructions by the meter's rule
   * @param bundle the output bundle, in the task's directory
   * @param output digest of the bundle
   * @param tail last lines the guest wrote to standard output and error
   */
  record Finished(
      int exit, long count, Path bundle, Hash output, List<String> tail, Measured measured)
      implements RunOutcome {
    public Finished {
      tail = List.copyOf(tail);
    }
  }

  /**
   * The guest did what WebAssembly forbids: read outside its memory, divided by zero, recursed too
   * deep, ...
   *
   * @param count instructions up to the last call before it
   */
  record Trapped(String reason, long count, List<String> tail, Measured measured)
      implements RunOutcome {
    public Trapped {
      tail = List.copyOf(tail);
    }
  }

  /**
   * The guest asked for more memory than was allotted, and failed.
   *
   * @param count instructions up to the last call before it
   */
  record OutOfMemory(String reason, long count, List<String> tail, Measured measured)
      implements RunOutcome {
    public OutOfMemory {
      tail = List.copyOf(tail);
    }
  }

  /** The module may not run here; {@code reason} is for its owner. */
  record Refused(String reason, Measured measured) implements RunOutcome {}

  /** The wall time of the allotment was over. */
  record TimedOut(String reason, Measured measured) implements RunOutcome {}

  /** {@link Running#stop} ended it. */
  record Stopped(Measured measured) implements RunOutcome {}

  /**
   * The process died, or left no result that could be read: this machine's fault, not the guest's.
   */
  record Crashed(String reason, Measured measured) implements RunOutcome {}
}
