package org.almoner.command.audit;

import java.util.List;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.sample.Dice;
import org.almoner.protocol.bytes.Hash;

/**
 * A whole sample, looked at.
 *
 * @param seed what the draw was worked out of
 * @param erased the operator's list of erased lines, as it was before the dice fell
 * @param lines how many lines counted under the checkpoint
 * @param wanted how many were to be drawn
 * @param results of all drawn lines, in the order in which they were drawn
 */
public record Sample(
    SignedCheckpoint checkpoint,
    Dice dice,
    Hash seed,
    ErasedPledge erased,
    long lines,
    int wanted,
    List<LineResult> results) {
  /** Copies the list. */
  public Sample {
    results = List.copyOf(results);
  }

  /** How many came to that. */
  long count(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }

  /** Lines of which something is wrong. */
  public long differing() {
    return count(Verdict.DIFFERS);
  }

  /** Lines that could not be looked at, for whatever reason. */
  long unseen() {
    return count(Verdict.ERASED) + count(Verdict.ERASED_LATE) + count(Verdict.NOT_RUN);
  }

  /** Held lines of which that check was not possible. */
  long heldWithout(Gap gap) {
    return results.stream()
        .filter(result -> result.verdict() == Verdict.HELD_IN_PART && result.gaps().contains(gap))
        .count();
  }

  /** Whether every line was looked at and held, and nothing that was owed was kept back. */
  public boolean holds() {
    return differing() + unseen() == 0
        && results.stream().allMatch(result -> result.gaps().stream().noneMatch(Gap::isOwed));
  }
}
