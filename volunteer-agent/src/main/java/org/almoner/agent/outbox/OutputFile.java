package org.almoner.agent.outbox;

import java.nio.file.Path;
import org.almoner.protocol.bytes.Hash;

/**
 * An output bundle that waits for its report to be logged.
 *
 * @param digest SHA-256 of its octets
 * @param bytes their number
 */
public record OutputFile(Hash digest, Path file, long bytes) {
  /** Largest bundle that travels with its report; larger ones are uploaded before: 16 KiB. */
  public static final int INLINE_OCTETS_MAX = 16 * 1024;

  /** Whether it travels with its report. */
  public boolean inline() {
    return bytes <= INLINE_OCTETS_MAX;
  }
}
