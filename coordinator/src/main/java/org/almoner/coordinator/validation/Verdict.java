package org.almoner.coordinator.validation;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What the answers to one unit amount to. */
public sealed interface Verdict {
  /** Runs the branch that fits. */
  <T> T match(Function<Answer, T> agreed, IntFunction<T> open);

  /**
   * Enough distinct donors gave this answer; when it is a failure, the unit failed.
   *
   * @param answer the first of those that agree
   */
  record Agreed(Answer answer) implements Verdict {
    @Override
    public <T> T match(Function<Answer, T> agreed, IntFunction<T> open) {
      return agreed.apply(answer);
    }
  }

  /**
   * Not decided.
   *
   * @param missing answers still needed if all of them agree with the most frequent one
   */
  record Open(int missing) implements Verdict {
    @Override
    public <T> T match(Function<Answer, T> agreed, IntFunction<T> open) {
      return open.apply(missing);
    }
  }

  /**
   * Counts answers of distinct donors, in the order they came.
   *
   * @param agree how many must agree
   */
  static Verdict of(List<Answer> answers, int agree) {
    int best = 0;
    for (Answer candidate : answers) {
      int same = 0;
      for (Answer other : answers) {
        same += candidate.agreesWith(other) ? 1 : 0;
      }
      if (same >= agree) {
        return new Agreed(candidate);
      }
      best = Math.max(best, same);
    }
    return new Open(agree - best);
  }
}
