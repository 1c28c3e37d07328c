package org.almoner.tax.issue;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far a run has come.
 *
 * @param year whose documents are issued
 * @param state whether it is at work
 * @param donors how many there are to go over
 * @param issued documents given out in this run
 * @param stood donors whose document stood before
 * @param skipped donors who get none
 * @param began when it began, or went on after a restart
 * @param asOf when this was said
 * @param failure why it stopped, one sentence; empty unless it failed
 */
public record RunStatus(
    int year,
    State state,
    int donors,
    int issued,
    int stood,
    int skipped,
    Instant began,
    Instant asOf,
    String failure) {
  /** What a run is doing. */
  public enum State {
    /** There was none since the start. */
    NONE,
    /** It is at work. */
    WORKING,
    /** It went over all donors. */
    DONE,
    /** It was stopped; the same command goes on. */
    STOPPED,
    /** It ended with a failure; the same command goes on. */
    FAILED;

    /** The state in answers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final RunStatus NONE =
      new RunStatus(0, State.NONE, 0, 0, 0, 0, Instant.EPOCH, Instant.EPOCH, "");

  /** Donors it went over. */
  public int done() {
    return issued + stood + skipped;
  }

  /** Seconds that the rest may take at the pace so far; -1 while nothing can be said. */
  public long remainingSeconds() {
    if (state != State.WORKING || done() == 0) {
      return -1;
    }
    long ms = Duration.between(began, asOf).toMillis();
    return ms * (donors - done()) / done() / 1000;
  }

  RunStatus with(IssueReply reply, Instant now) {
    return new RunStatus(
        year,
        state,
        donors,
        issued + (reply.state() == IssueReply.State.ISSUED ? 1 : 0),
        stood + (reply.state() == IssueReply.State.ALREADY_ISSUED ? 1 : 0),
        skipped + (reply.state() == IssueReply.State.SKIPPED ? 1 : 0),
        began,
        now,
        failure);
  }

  RunStatus ended(State as, String why, Instant now) {
    return new RunStatus(year, as, donors, issued, stood, skipped, began, now, why);
  }
}
