package org.almoner.coordinator.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.identity.SigningKey;

/**
 * The keys of one coordinator.
 *
 * @param log sign checkpoints, all of them each one; one key, or two while the log passes from the
 *     first to the second. Whoever holds one can rewrite the log's future
 * @param coordinator signs grants
 */
public record Keys(List<SigningKey> log, SigningKey coordinator) {
  /** File of the log key's seed. */
  public static final String LOG_FILE = "log.seed";

  /** File of the seed of the key that the log passes to, while both sign. */
  public static final String NEXT_LOG_FILE = "log.next.seed";

  /** File of the coordinator key's seed. */
  public static final String COORDINATOR_FILE = "coordinator.seed";

  /** Refuses a log without a key. */
  public Keys {
    log = List.copyOf(log);
    if (log.isEmpty() || log.size() > 2) {
      throw new IllegalArgumentException("a log is signed by one key or two, got " + log.size());
    }
  }

  /** The keys of a log that one key signs. */
  public Keys(SigningKey log, SigningKey coordinator) {
    this(List.of(log), coordinator);
  }

  /**
   * Reads the seeds from {@code folder}, drawing those of log and coordinator that are not there
   * yet. Each file holds 64 hexadecimal digits and is readable by its owner alone.
   *
   * @throws IOException in one sentence, when a file is readable by others, no seed, or cannot be
   *     written
   */
  public static Keys openOrCreate(Path folder, SecureRandom random) throws IOException {
    SeedFile.openOrCreate(folder.resolve(LOG_FILE), random);
    SeedFile.openOrCreate(folder.resolve(COORDINATOR_FILE), random);
    return open(folder);
  }

  /**
   * Reads the seeds of a coordinator that ran before, and draws none.
   *
   * @throws IOException in one sentence, also when one is missing
   */
  public static Keys open(Path folder) throws IOException {
    List<SigningKey> log = new ArrayList<>();
    log.add(SeedFile.open(folder.resolve(LOG_FILE)));
    if (there(folder.resolve(NEXT_LOG_FILE))) {
      log.add(SeedFile.open(folder.resolve(NEXT_LOG_FILE)));
    }
    return new Keys(log, SeedFile.open(folder.resolve(COORDINATOR_FILE)));
  }

  /**
   * Draws a second key for the log, beside the first.
   *
   * @throws IOException in one sentence, also when there are two already
   */
  public static SigningKey rotateLog(Path folder, SecureRandom random) throws IOException {
    SeedFile.open(folder.resolve(LOG_FILE));
    Path next = folder.resolve(NEXT_LOG_FILE);
    if (there(next)) {
      throw new IOException(
          "the log has two keys already; retire the old one first (" + next + " is the new one)");
    }
    return SeedFile.openOrCreate(next, random);
  }

  /**
   * Puts the second key of the log in the place of the first, whose seed is gone then.
   *
   * @throws IOException in one sentence, also when there is no second key
   */
  public static void retireLog(Path folder) throws IOException {
    Path next = folder.resolve(NEXT_LOG_FILE);
    if (!there(next)) {
      throw new IOException("the log has one key; rotate it first, so that another can sign");
    }
    SeedFile.open(next);
    Files.move(next, folder.resolve(LOG_FILE), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static boolean there(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
