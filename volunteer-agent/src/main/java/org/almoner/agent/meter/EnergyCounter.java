package org.almoner.agent.meter;

import java.util.Optional;
import org.almoner.protocol.usage.Energy;

/** Something that counts the energy this machine takes, idle or not. */
interface EnergyCounter {
  /**
   * What it showed at one moment.
   *
   * @param ms when, in milliseconds of a clock of its own
   * @param microjoules since a beginning of its own, never less than before
   */
  record Level(long ms, long microjoules) {}

  /** What it shows; empty when it cannot be read now. */
  Optional<Level> read();

  /** How good its figures are. */
  Energy.Tier tier();
}
