package org.almoner.agent.meter;

import java.util.Optional;

/** Tells what the system knows of a process. */
@FunctionalInterface
interface Sight {
  /** Empty when there is no such process, or none that may be looked at. */
  Optional<Seen> of(long pid);
}
