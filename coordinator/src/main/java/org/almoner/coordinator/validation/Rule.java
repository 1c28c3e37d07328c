package org.almoner.coordinator.validation;

/**
 * The rules that keep forged work from counting. All are in force; the simulation leaves one out to
 * show what would then go wrong.
 */
public enum Rule {
  /** Lines of trusted computers are checked by chance. */
  DRAWN_CHECKS,
  /** A computer that was outvoted loses all that has not matured. */
  CAUGHT_LOSES_UNMATURED,
  /** A line that nobody else ran counts only when its computer was found right later. */
  TAILS_CHECKED,
  /** A lease is logged once for ever, whatever is sent for it. */
  ONE_LINE_A_LEASE
}
