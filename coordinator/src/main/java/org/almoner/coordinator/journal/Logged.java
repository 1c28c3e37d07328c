package org.almoner.coordinator.journal;

import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.StarterAnswer;

/**
 * Where a record stands in the log, and what opens it.
 *
 * @param leaf index of its first entry; the others follow
 * @param salts one for each entry
 * @param page first leaf of the page it is on
 * @param starters how each line did in a starter unit; empty when none is of one
 */
public record Logged(long leaf, List<Hash> salts, long page, List<StarterAnswer> starters) {
  /** Copies the lists. */
  public Logged {
    salts = List.copyOf(salts);
    starters = List.copyOf(starters);
  }

  /** A record without lines of starter units. */
  public Logged(long leaf, List<Hash> salts, long page) {
    this(leaf, salts, page, List.of());
  }

  /** How line {@code part} did, if it is one of a starter unit. */
  public StarterAnswer starter(int part) {
    return starters.isEmpty() ? StarterAnswer.NONE : starters.get(part);
  }

  /** The same with how its lines did in starter units. */
  public Logged answering(List<StarterAnswer> lines) {
    return new Logged(leaf, salts, page, lines);
  }
}
