package org.almoner.coordinator.desk;

import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.StarterAnswer;

/**
 * One logged commitment with what its maker needs to open and prove it.
 *
 * @param leaf index in the log
 * @param salt 32 random octets that went into the commitment
 * @param part index of the line inside its report, 0 for other records
 * @param inclusion hashes from the leaf to the root of {@code checkpoint}'s tree
 * @param starter how the line did, if it is one of a starter unit
 */
public record Proven(long leaf, Hash salt, int part, List<Hash> inclusion, StarterAnswer starter) {
  /** Copies the proof. */
  public Proven {
    inclusion = List.copyOf(inclusion);
  }
}
