package org.almoner.agent;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When the coordinator may be spoken to again. */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private final InstantSource clock;
  private final Backoff backoff;
  private final Board board;
  private Instant quietUntil = Instant.EPOCH;
  private int failures;

  Patience(InstantSource clock, Backoff backoff, Board board) {
    this.clock = clock;
    this.backoff = backoff;
    this.board = board;
  }

  /** Zero when it may be spoken to now. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), quietUntil);
    // A clock that was set back must not silence the agent.
    boolean absurd = left.compareTo(Backoff.ASKED_MAX.multipliedBy(2)) > 0;
    return left.isNegative() || absurd ? Duration.ZERO : left;
  }

  /** Nobody answered. */
  void unanswered(Answer.Unavailable<?> not) {
    board.offline(not.sentence());
    wait(not.sentence(), not.retryAfter());
  }

  /** There was an answer that cannot be acted on. */
  void troubled(String sentence) {
    board.trouble(sentence);
    wait(sentence, Duration.ZERO);
  }

  /** The disk of this computer is full or fails; every step is tried again until it is kept. */
  void diskFailed(IOException e) {
    troubled(
        "the disk of this computer is full or fails, and it is tried again: " + e.getMessage());
  }

  private void wait(String sentence, Duration asked) {
    failures++;
    Duration wait = backoff.after(failures, asked);
    quietUntil = clock.instant().plus(wait);
    LOG.atWarn()
        .addKeyValue("reason", sentence)
        .addKeyValue("waitMs", wait.toMillis())
        .log("The coordinator is spoken to again later");
  }

  /** All was answered. */
  void answered() {
    failures = 0;
    board.online();
  }
}
