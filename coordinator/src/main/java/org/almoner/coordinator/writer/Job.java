package org.almoner.coordinator.writer;

import java.io.IOException;

/**
 * One request, ready to be decided. Everything slow (signatures, parsing, hashing) is behind it.
 *
 * @param <T> what the requester is told
 */
@FunctionalInterface
public interface Job<T> {
  /**
   * Decides, and changes memory and {@code group} accordingly. Runs on the writer's thread.
   *
   * @throws org.almoner.coordinator.desk.Refusal when it is not granted; what the job put into the
   *     group before (evidence) is kept
   * @throws IOException when a row cannot be read; the writer stops
   */
  T decide(Group group) throws IOException;
}
