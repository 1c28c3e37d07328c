package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.util.Optional;

/** Where the log's newest checkpoint is read. */
@FunctionalInterface
public interface LatestCheckpoint {
  /** The newest published checkpoint; empty before the first. */
  Optional<Published> read() throws IOException;

  /**
   * A checkpoint that was published.
   *
   * @param origin name of the log
   * @param size number of entries
   * @param root standard base64 of the root hash, as in the checkpoint's text
   */
  record Published(String origin, long size, String root) {}
}
