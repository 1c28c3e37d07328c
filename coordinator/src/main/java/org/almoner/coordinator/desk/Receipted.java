package org.almoner.coordinator.desk;

import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * The answer to a record that was logged.
 *
 * @param checkpoint the signed note under which every proof here holds, whole text
 * @param proven one for each line of a report, in its order; one for any other record
 * @param consistency hashes from the size the sender knew to {@code checkpoint}'s; empty when it
 *     knew nothing or the same size
 */
public record Receipted(String checkpoint, List<Proven> proven, List<Hash> consistency) {
  /** Copies the lists. */
  public Receipted {
    proven = List.copyOf(proven);
    consistency = List.copyOf(consistency);
  }
}
