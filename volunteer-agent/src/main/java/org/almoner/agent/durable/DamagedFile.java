package org.almoner.agent.durable;

import java.nio.file.Path;

/** A file does not hold what was once written to it; the message names it and what is wrong. */
public final class DamagedFile extends NeedsOwner {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  /** Says what is wrong with {@code file}. */
  public DamagedFile(Path file, String why) {
    super(file + " is damaged: " + why);
    this.file = file;
  }

  /** The file. */
  public Path file() {
    return file;
  }
}
