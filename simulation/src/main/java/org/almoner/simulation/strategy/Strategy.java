package org.almoner.simulation.strategy;

import org.almoner.protocol.lease.LeaseId;

/** How the owner of one computer behaves. Each computer has its own. */
public interface Strategy {
  /** Whether the owner means well. */
  boolean honest();

  /** What is made of a unit that is about to be run. */
  Made make(Unit unit, Now now);

  /** Whether everything that was taken is sent again, as it was and as something new. */
  default boolean replays() {
    return false;
  }

  /** A lease came, which may be asked about later. */
  default void given(LeaseId lease) {}

  /** What else is done, asked each time the computer has spoken to the coordinator. */
  default Move next(Now now) {
    return Move.STAY;
  }
}
