package org.almoner.coordinator.journal;

import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * Where a record stands in the log, and what opens it.
 *
 * @param leaf index of its first entry; the others follow
 * @param salts one for each entry
 * @param page first leaf of the page it is on
 */
public record Logged(long leaf, List<Hash> salts, long page) {
  /** Copies the list. */
  public Logged {
    salts = List.copyOf(salts);
  }
}
