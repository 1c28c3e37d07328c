package org.almoner.coordinator.row;

import java.io.IOException;

/** A row that does not hold what its version promises; the message says which and why. */
public final class DamagedRow extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what is wrong. */
  public DamagedRow(String sentence) {
    super(sentence);
  }
}
