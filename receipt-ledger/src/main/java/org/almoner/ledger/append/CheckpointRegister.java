package org.almoner.ledger.append;

import java.io.IOException;
import java.util.Optional;

/**
 * The one place that decides which checkpoint is the newest. What stands here is published: every
 * tile below it is durable.
 */
public interface CheckpointRegister {
  /** The newest checkpoint as a signed note; nothing before a log is created. */
  Optional<String> read() throws IOException;

  /**
   * Replaces {@code expected} by {@code next} in one atomic, durable step.
   *
   * @param expected what {@link #read} must give now; empty for "nothing yet"
   * @return false when something else stands there, which is then left alone
   */
  boolean compareAndSet(Optional<String> expected, String next) throws IOException;
}
