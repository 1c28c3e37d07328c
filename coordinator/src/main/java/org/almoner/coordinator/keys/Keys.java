package org.almoner.coordinator.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.almoner.protocol.identity.SigningKey;

/**
 * The keys of one coordinator.
 *
 * @param log signs checkpoints; whoever holds it can rewrite the log's future
 * @param coordinator signs grants
 */
public record Keys(SigningKey log, SigningKey coordinator) {
  /** File of the log key's seed. */
  public static final String LOG_FILE = "log.seed";

  /** File of the coordinator key's seed. */
  public static final String COORDINATOR_FILE = "coordinator.seed";

  /**
   * Reads both seeds from {@code folder}, drawing those that are not there yet. Each file holds 64
   * hexadecimal digits and is readable by its owner alone.
   *
   * @throws IOException in one sentence, when a file is readable by others, no seed, or cannot be
   *     written
   */
  public static Keys openOrCreate(Path folder, SecureRandom random) throws IOException {
    return new Keys(
        SeedFile.openOrCreate(folder.resolve(LOG_FILE), random),
        SeedFile.openOrCreate(folder.resolve(COORDINATOR_FILE), random));
  }
}
