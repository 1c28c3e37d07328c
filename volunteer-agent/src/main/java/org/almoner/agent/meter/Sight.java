package org.almoner.agent.meter;

import java.util.Optional;
import java.util.OptionalLong;

/** Tells what the system knows of a process. */
@FunctionalInterface
interface Sight {
  /** Empty when there is no such process, or none that may be looked at. */
  Optional<Seen> of(long pid);

  /**
   * Resident memory of a process, where what it shares with others is divided among them; empty
   * where the system does not tell. It may take milliseconds.
   */
  default OptionalLong sharedOutBytes(long pid) {
    return OptionalLong.empty();
  }
}
