package org.almoner.agent.run;

import org.almoner.protocol.lease.Engine;

/** A unit that was started. */
public interface Running {
  /**
   * Measures until the unit ends, and says how; called once, by one thread. The others may be
   * called by any thread at any time, also after the end.
   */
  RunOutcome await() throws InterruptedException;

  /** What runs it. */
  Engine engine();

  /** What it has taken up to now. */
  Spent spent();

  /** Ends the unit within milliseconds. */
  void stop();

  /**
   * Holds the unit still, where the system can; it keeps its memory and uses no processor. Its wall
   * time stands still too.
   */
  void pause();

  /** Lets a paused unit go on. */
  void resume();
}
