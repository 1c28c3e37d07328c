package org.almoner.agent.proof;

import java.io.IOException;
import org.almoner.ledger.rotation.Rotations;

/** Where it is asked how a log passed from one key to the next. */
@FunctionalInterface
public interface RotationSource {
  /** What the log says of it, unproved. */
  Rotations rotations() throws IOException;
}
