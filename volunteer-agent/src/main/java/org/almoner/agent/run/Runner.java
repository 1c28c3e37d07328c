package org.almoner.agent.run;

import java.io.IOException;
import java.util.Optional;

/** Runs units, each in a process of its own. */
public interface Runner {
  /** What it runs units on; the same for all its life. */
  default Offered offered() {
    return Offered.PORTABLE_ONLY;
  }

  /**
   * Starts a unit.
   *
   * @throws IOException when this machine cannot: no space, no process; a fault of the module is an
   *     outcome instead
   */
  Running start(Task task) throws IOException;

  /** Why units are held still at this moment, one sentence for the owner; empty when they run. */
  default Optional<String> resting() {
    return Optional.empty();
  }

  /** Runs a unit to its end; an interrupt stops it. */
  default RunOutcome run(Task task) throws IOException, InterruptedException {
    Running running = start(task);
    try {
      return running.await();
    } finally {
      running.stop();
    }
  }
}
