package org.almoner.agent.contact;

import java.time.Duration;

/** Waits; in tests it only notes for how long. */
@FunctionalInterface
public interface Sleeper {
  /**
   * Returns when {@code duration} has passed.
   *
   * @throws InterruptedException at once when the agent stops
   */
  void sleep(Duration duration) throws InterruptedException;
}
