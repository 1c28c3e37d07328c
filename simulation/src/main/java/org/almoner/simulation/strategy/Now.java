package org.almoner.simulation.strategy;

import java.util.random.RandomGenerator;
import org.almoner.protocol.lease.LeaseId;

/** What the owner of a computer can know when something is to be decided. */
public interface Now {
  /** Lines that were proved to be in the log under the key in use. */
  long proved();

  /** Whether one of the lines under the key in use was told to be outvoted. */
  boolean caught();

  /** Whether what was agreed for the unit of a lease can be read by anybody. */
  boolean published(LeaseId lease);

  /** Milliseconds since 1970 UTC. */
  long millis();

  /** Chance. */
  RandomGenerator draws();
}
