package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where the log's newest checkpoint is read. */
@FunctionalInterface
public interface LatestCheckpoint {
  /** The newest published checkpoint; empty before the first. */
  Optional<Published> read() throws IOException;

  /** When the log last grew; empty when it has not since this server started. */
  default Optional<Instant> grewAt() {
    return Optional.empty();
  }

  /**
   * A checkpoint that was published.
   *
   * @param origin name of the log
   * @param size number of entries
   * @param root standard base64 of the root hash, as in the checkpoint's text
   */
  record Published(String origin, long size, String root) {}
}
