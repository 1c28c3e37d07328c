package org.almoner.coordinator.batch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;

/** The blobs that are here: modules, inputs and large outputs. Asked from any thread. */
public interface BlobShelf {
  /** The blob's octets, counted; empty when it is not here, whole. */
  OptionalLong size(Hash digest) throws IOException;

  /** Opens the blob for reading; empty when it is not here. */
  Optional<InputStream> open(Hash digest) throws IOException;

  /**
   * Opens an output for reading that {@code agent} itself sent; empty when it did not, whoever else
   * may have sent the same octets. What others sent before a unit is decided must not be told.
   */
  Optional<InputStream> openSent(AgentId agent, Hash digest) throws IOException;
}
