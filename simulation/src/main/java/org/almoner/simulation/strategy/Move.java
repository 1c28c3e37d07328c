package org.almoner.simulation.strategy;

/** What the owner of a computer does with it, beside running units. */
public enum Move {
  /** Nothing. */
  STAY,
  /** Begins anew with another key, for the same donor. */
  NEW_KEY,
  /** Begins anew with another key, for a new donor. */
  NEW_DONOR,
  /** Goes on with the same key for a new donor. */
  SWAP_DONOR,
  /** Is never seen again. */
  LEAVE
}
