package org.almoner.tax.seal;

import java.util.function.Function;

/** What a look at a file's seal found. */
public sealed interface SealFinding permits IntactSeal, SealFinding.Unsealed, SealFinding.Broken {
  /** Runs the branch that fits; a new case breaks every caller at compile time. */
  <T> T match(
      Function<IntactSeal, T> intact, Function<Unsealed, T> unsealed, Function<Broken, T> broken);

  /** A PDF without any signature. */
  record Unsealed() implements SealFinding {
    @Override
    public <T> T match(
        Function<IntactSeal, T> intact,
        Function<Unsealed, T> unsealed,
        Function<Broken, T> broken) {
      return unsealed.apply(this);
    }
  }

  /**
   * A file that is not as its seal left it, or is none of ours.
   *
   * @param fault what is wrong
   * @param sentence the same in words, with what was found
   */
  record Broken(SealFault fault, String sentence) implements SealFinding {
    @Override
    public <T> T match(
        Function<IntactSeal, T> intact,
        Function<Unsealed, T> unsealed,
        Function<Broken, T> broken) {
      return broken.apply(this);
    }
  }
}
