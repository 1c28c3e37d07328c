package org.almoner.ledger.witness;

import java.io.IOException;

/** A way to one witness. */
@FunctionalInterface
public interface WitnessClient {
  /**
   * What a witness answered.
   *
   * @param status HTTP status
   * @param body at most {@link AddCheckpoint#CHARACTERS_MAX} characters
   */
  record Answer(int status, String body) {}

  /**
   * Sends one {@code add-checkpoint}.
   *
   * @throws IOException when no answer came in time
   */
  Answer add(String body) throws IOException, InterruptedException;
}
