package org.almoner.command.audit;

import java.util.List;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.sample.Dice;
import org.almoner.protocol.bytes.Hash;

/**
 * A whole sample, looked at.
 *
 * @param seed what the draw was worked out of
 * @param lines how many lines counted under the checkpoint
 * @param wanted how many were to be drawn
 * @param results of all drawn lines, in the order in which they were drawn
 */
public record Sample(
    SignedCheckpoint checkpoint,
    Dice dice,
    Hash seed,
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

  /** Lines that this computer could not run again. */
  public long notRun() {
    return count(Verdict.NOT_RUN);
  }
}
