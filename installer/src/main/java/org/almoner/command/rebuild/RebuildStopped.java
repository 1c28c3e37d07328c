package org.almoner.command.rebuild;

import java.util.Objects;

/** A rebuild that did not come to a module; the message says why and what to do. */
public final class RebuildStopped extends Exception {
  private static final long serialVersionUID = 1L;

  RebuildStopped(String sentence) {
    super(sentence);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
