package org.almoner.coordinator.opening;

import java.io.IOException;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;

/**
 * Where the octets of the key file are kept. One caller at a time.
 *
 * <p>Keys must not lie in the store: its write-ahead log keeps what was overwritten.
 */
public interface KeyShelf {
  /** All octets; empty when there is no file. */
  Optional<Bytes> read() throws IOException;

  /** Adds octets at the end, durably on return. A crash may leave any part of them. */
  void append(Bytes octets) throws IOException;

  /** Puts a file in place of the one there is, durably on return and never by halves. */
  void replace(Bytes octets) throws IOException;
}
