package org.almoner.agent.contact;

import java.time.Duration;
import java.util.function.Function;
import org.almoner.protocol.problem.Problem;

/** What became of a request to the coordinator. */
public sealed interface Answer<T> {
  /** Runs the branch that fits; a new case breaks every caller at compile time. */
  <R> R match(
      Function<T, R> given, Function<Problem, R> refused, Function<Unavailable<T>, R> unavailable);

  /** It was granted. */
  record Given<T>(T value) implements Answer<T> {
    @Override
    public <R> R match(
        Function<T, R> given,
        Function<Problem, R> refused,
        Function<Unavailable<T>, R> unavailable) {
      return given.apply(value);
    }
  }

  /** The coordinator itself said no; the same request again would get the same answer. */
  record Refused<T>(Problem problem) implements Answer<T> {
    @Override
    public <R> R match(
        Function<T, R> given,
        Function<Problem, R> refused,
        Function<Unavailable<T>, R> unavailable) {
      return refused.apply(problem);
    }
  }

  /**
   * No answer that means anything: unreachable, busy, or something else in its place. The same
   * request may be sent again.
   *
   * @param sentence what happened
   * @param retryAfter not before this has passed; zero when nothing was said
   */
  record Unavailable<T>(String sentence, Duration retryAfter) implements Answer<T> {
    @Override
    public <R> R match(
        Function<T, R> given,
        Function<Problem, R> refused,
        Function<Unavailable<T>, R> unavailable) {
      return unavailable.apply(this);
    }
  }
}
