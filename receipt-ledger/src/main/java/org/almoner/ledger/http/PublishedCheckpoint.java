package org.almoner.ledger.http;

import java.io.IOException;
import java.util.Optional;

/** Where the newest published checkpoint is read, such as a register's {@code read}. */
@FunctionalInterface
public interface PublishedCheckpoint {
  /** The signed note; nothing before the log is created. */
  Optional<String> read() throws IOException;
}
