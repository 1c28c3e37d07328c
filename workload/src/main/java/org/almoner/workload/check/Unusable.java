package org.almoner.workload.check;

import java.util.Objects;

/** A file that is named and cannot be used; the message is the sentence for its owner. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  Unusable(String sentence) {
    super(sentence);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
