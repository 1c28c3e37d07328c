package org.almoner.workload.wasm;

/**
 * What may be spent on cutting the functions of one module, in steps: about as many as a word of a
 * set of locals is looked at. It depends on the module alone, so all computers stop at the same
 * place.
 */
final class Effort {
  /** Steps for one module, of which a processor does a thousand million in a second or so. */
  static final long STEPS_MAX = 2_000_000_000L;

  private long left = STEPS_MAX;

  /** Takes {@code steps}; false when there are not as many, and from then on. */
  boolean spend(long steps) {
    left = steps <= left ? left - steps : 0;
    return left > 0;
  }
}
