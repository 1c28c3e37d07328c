package org.almoner.coordinator.validation;

import java.util.ArrayList;
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
   * Looks for answers of distinct donors, in the order they came, of which each agrees with each:
   * numbers that are close to one another need not all be close.
   *
   * @param agree how many must agree
   */
  static Verdict of(List<Answer> answers, int agree) {
    int best = 0;
    for (int first = 0; first < answers.size(); first++) {
      int same = most(answers, List.of(answers.get(first)), first + 1, agree);
      if (same >= agree) {
        return new Agreed(answers.get(first));
      }
      best = Math.max(best, same);
    }
    return new Open(agree - best);
  }

  /** How many agree with each other and with all of {@code chosen}, which are among them. */
  private static int most(List<Answer> answers, List<Answer> chosen, int from, int agree) {
    int best = chosen.size();
    for (int next = from; next < answers.size() && best < agree; next++) {
      Answer candidate = answers.get(next);
      if (chosen.stream().allMatch(candidate::agreesWith)) {
        List<Answer> more = new ArrayList<>(chosen);
        more.add(candidate);
        best = Math.max(best, most(answers, more, next + 1, agree));
      }
    }
    return best;
  }
}
