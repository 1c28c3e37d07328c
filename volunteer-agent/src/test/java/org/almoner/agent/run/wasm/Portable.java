package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.file.Path;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.ProcessControl;

/** The portable engine for tests of other rooms. */
public final class Portable {
  private final WasmRunner runner;

  /** Keeps compiled modules in {@code compiled}. */
  public Portable(Path compiled) throws IOException {
    runner =
        new WasmRunner(
            ChildJvm.sameAsThis(),
            new CompiledModules(compiled),
            Runs.MACHINE,
            ProcessControl.forSystem(System.getProperty("os.name")),
            Runs.CLOCKS);
  }

  public Running start(Task task) throws IOException {
    return runner.start(task);
  }
}
