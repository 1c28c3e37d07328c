package org.almoner.agent.run.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.meter.Signal;

/** POSIX systems: SIGSTOP and SIGCONT, which no program can refuse. */
record SignalProcessControl(Restraint restraint) implements ProcessControl {
  /**
   * Times one looks for processes that were started before their parents were held. What starts
   * processes faster than that is bounded by its sandbox.
   */
  private static final int ROUNDS_MAX = 10;

  @Override
  public List<ProcessHandle> hold(Supplier<List<ProcessHandle>> processes) {
    List<ProcessHandle> held = new ArrayList<>();
    for (int round = 0; round < ROUNDS_MAX; round++) {
      int before = held.size();
      for (ProcessHandle process : processes.get()) {
        if (!held.contains(process) && Signal.STOP.send(process)) {
          held.add(process);
        }
      }
      if (held.size() == before) {
        break;
      }
    }
    return held;
  }

  @Override
  public void free(List<ProcessHandle> processes) {
    processes.forEach(Signal.CONT::send);
  }
}
