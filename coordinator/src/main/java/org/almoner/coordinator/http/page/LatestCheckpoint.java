package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where the log's newest checkpoint is read. */
@FunctionalInterface
public interface LatestCheckpoint {
  /** The newest published checkpoint; empty before the first. */
  Optional<Published> read() throws IOException;

  /**
   * A checkpoint as it was published.
   *
   * @param origin name of the log
   * @param size number of entries
   * @param root standard base64 of the root hash, as in the checkpoint's text
   * @param at when it was published
   */
  record Published(String origin, long size, String root, Instant at) {}
}
