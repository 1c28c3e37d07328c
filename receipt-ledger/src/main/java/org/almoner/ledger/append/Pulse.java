package org.almoner.ledger.append;

import java.time.Duration;

/**
 * What a watch from outside must know of the writer of a log.
 *
 * @param stopped whether it has stopped for good
 * @param entries size of the newest checkpoint
 * @param idle time since it last published, or since its start; never negative
 * @param atWork how long the batch at work has been at work; zero when none is
 */
public record Pulse(boolean stopped, long entries, Duration idle, Duration atWork) {
  /** Refuses negative times. */
  public Pulse {
    if (idle.isNegative() || atWork.isNegative()) {
      throw new IllegalArgumentException("no time is negative: " + idle + ", " + atWork);
    }
  }
}
