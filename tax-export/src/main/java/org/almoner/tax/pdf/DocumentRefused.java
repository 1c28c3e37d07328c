package org.almoner.tax.pdf;

import java.util.List;

/** A statement that is not made; the message has one sentence for each reason. */
public final class DocumentRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  DocumentRefused(List<String> reasons) {
    super(String.join("\n", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** Each reason, one sentence; at least one. */
  public List<String> reasons() {
    return reasons;
  }
}
