package org.almoner.agent;

import java.util.function.Function;
import org.almoner.protocol.problem.Problem;

/** What became of the wish to link this computer to a donor, or to unlink it. */
public sealed interface LinkOutcome {
  /** Runs the branch that fits; a new case breaks every caller at compile time. */
  <R> R match(
      Function<Done, R> done,
      Function<LeftToRunningAgent, R> left,
      Function<Refused, R> refused,
      Function<Unavailable, R> unavailable);

  /** It is in the log, proof checked and kept. */
  record Done() implements LinkOutcome {
    @Override
    public <R> R match(
        Function<Done, R> done,
        Function<LeftToRunningAgent, R> left,
        Function<Refused, R> refused,
        Function<Unavailable, R> unavailable) {
      return done.apply(this);
    }
  }

  /** The agent that works in this home sends it within seconds; its status tells how it went. */
  record LeftToRunningAgent() implements LinkOutcome {
    @Override
    public <R> R match(
        Function<Done, R> done,
        Function<LeftToRunningAgent, R> left,
        Function<Refused, R> refused,
        Function<Unavailable, R> unavailable) {
      return left.apply(this);
    }
  }

  /** The coordinator said no. */
  record Refused(Problem problem) implements LinkOutcome {
    @Override
    public <R> R match(
        Function<Done, R> done,
        Function<LeftToRunningAgent, R> left,
        Function<Refused, R> refused,
        Function<Unavailable, R> unavailable) {
      return refused.apply(this);
    }
  }

  /**
   * It was noted but could not be sent; the agent sends it when it runs next.
   *
   * @param sentence why
   */
  record Unavailable(String sentence) implements LinkOutcome {
    @Override
    public <R> R match(
        Function<Done, R> done,
        Function<LeftToRunningAgent, R> left,
        Function<Refused, R> refused,
        Function<Unavailable, R> unavailable) {
      return unavailable.apply(this);
    }
  }
}
