package org.almoner.ledger.http;

import java.io.IOException;
import org.almoner.ledger.rotation.Rotations;

/** How the log passed from key to key so far. */
@FunctionalInterface
public interface PublishedRotations {
  /** All rotations, oldest first. */
  Rotations read() throws IOException;
}
