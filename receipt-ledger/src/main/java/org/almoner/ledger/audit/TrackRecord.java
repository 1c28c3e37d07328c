package org.almoner.ledger.audit;

import java.util.HashMap;
import java.util.Map;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.protocol.bytes.Hash;

/**
 * How many results of one agent were agreed in a row, for each release, as far as openings show it:
 * at most so many, and at least so many. For one thread.
 */
final class TrackRecord {
  /** So many results in a row let an agent run units alone. */
  static final int TRUSTED_FROM = 10;

  /** An agent that was outvoted needs so many times as many. */
  static final int CAUGHT_FACTOR = 10;

  private final Map<Hash, Integer> most = new HashMap<>();
  private final Map<Hash, Integer> least = new HashMap<>();
  private boolean gap;
  private boolean caught;

  /** What happened before is not known. */
  void gap() {
    gap = true;
    least.clear();
  }

  /**
   * A result was agreed.
   *
   * @param known whether it is known when
   */
  void agreed(Hash release, boolean known) {
    most.merge(release, 1, Integer::sum);
    if (known) {
      least.merge(release, 1, Integer::sum);
    }
  }

  /**
   * A result was outvoted.
   *
   * @param known whether it is known when
   */
  void outvoted(boolean known) {
    least.clear();
    if (known) {
      most.clear();
      caught = true;
    }
  }

  /** One line in so many of the release is checked, if openings tell. */
  int oneIn(Hash release) {
    return gap ? CheckSecret.ONE_IN_MOST : odds(most.getOrDefault(release, 0));
  }

  /** Whether the odds are known. */
  boolean isExact(Hash release) {
    int fewest = odds(least.getOrDefault(release, 0));
    return fewest == CheckSecret.ONE_IN_MOST || (!gap && fewest == oneIn(release));
  }

  /** Whether the agent may have run units of the release alone, for all that is known. */
  boolean mayBeTrusted(Hash release) {
    return gap || most.getOrDefault(release, 0) >= needed();
  }

  /** How long a row of agreed results must be. */
  int needed() {
    return caught ? TRUSTED_FROM * CAUGHT_FACTOR : TRUSTED_FROM;
  }

  /** The longest row that openings allow. */
  int length(Hash release) {
    return most.getOrDefault(release, 0);
  }

  private static int odds(int row) {
    return Math.min(row, CheckSecret.ONE_IN_MOST);
  }
}
