package org.almoner.agent.run.process;

import java.util.List;
import java.util.function.Supplier;
import org.almoner.agent.consent.Restraint;

/** A system on which processes can only be ended. */
record NoProcessControl(Restraint restraint) implements ProcessControl {
  @Override
  public List<ProcessHandle> hold(Supplier<List<ProcessHandle>> processes) {
    return List.of();
  }

  @Override
  public void free(List<ProcessHandle> processes) {}
}
