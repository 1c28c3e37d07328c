package org.almoner.tax.worksheet;

import java.util.List;

/** A worksheet that is not made; the message has one sentence for each reason. */
public final class WorksheetRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  /** Refused for {@code reasons}, each one sentence; at least one. */
  public WorksheetRefused(List<String> reasons) {
    super(String.join("\n", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** Refused for what the lint found. */
  static WorksheetRefused of(List<Objection> objections) {
    return new WorksheetRefused(objections.stream().map(Objection::sentence).distinct().toList());
  }

  /** Each reason, one sentence; at least one. */
  public List<String> reasons() {
    return reasons;
  }
}
