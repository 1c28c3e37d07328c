package org.almoner.coordinator.backup;

import java.io.IOException;

/** A copy that was not made, or is not what was copied; says why in one sentence. */
public final class BackupFailed extends IOException {
  private static final long serialVersionUID = 1L;

  /** With one sentence. */
  public BackupFailed(String sentence) {
    super(sentence);
  }
}
