package org.almoner.protocol.usage;

/**
 * Energy taken above idle, with how it was found; absent altogether where the machine tells
 * nothing.
 *
 * @param joules 0 or more
 */
public record Energy(long joules, Tier tier) {
  /** How an energy figure was found, best first. */
  public enum Tier {
    /** A meter at the wall. */
    M1,
    /** Counters in the hardware. */
    M2,
    /** A model fed by measured load. */
    M3,
    /** The processor's rated power. */
    M4
  }

  /** Refuses negative energy. */
  public Energy {
    if (joules < 0) {
      throw new IllegalArgumentException("joules must not be negative, got " + joules);
    }
  }
}
