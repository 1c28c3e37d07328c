package org.almoner.coordinator.desk;

import org.almoner.protocol.problem.Problem;

/** A request that is not granted; carries the problem its sender is told. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Refuses with {@code problem}. */
  public Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Refuses with the parts of a problem. */
  public Refusal(int status, String slug, String title, String detail) {
    this(new Problem(status, slug, title, detail));
  }

  /** What the sender is told. */
  public Problem problem() {
    return problem;
  }
}
