package org.almoner.simulation.invariant;

import java.util.Optional;

/** Something that must hold in every world. One instance sees one world, from time to time. */
public interface Invariant {
  /** What must hold, as a sentence. */
  String sentence();

  /** How it does not hold in this state; empty when it does. */
  Optional<String> broken(State state);
}
