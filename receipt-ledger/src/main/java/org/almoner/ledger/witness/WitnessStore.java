package org.almoner.ledger.witness;

import java.io.IOException;
import java.util.Optional;

/** Where a witness keeps the largest checkpoint it signed of each log, with its own signature. */
public interface WitnessStore {
  /** The last cosigned note of that log; nothing before the first. */
  Optional<String> read(String origin) throws IOException;

  /**
   * Replaces it durably, in one atomic step.
   *
   * @throws IOException when it is not known which of the two is kept
   */
  void write(String origin, String note) throws IOException;
}
