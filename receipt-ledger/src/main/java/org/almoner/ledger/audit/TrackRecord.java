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

  /** An agent that was outvoted needs so many times as many, each time. */
  static final int CAUGHT_FACTOR = 10;

  /** Being outvoted more often changes nothing more. */
  static final int CAUGHT_MAX = 4;

  private final Map<Hash, Integer> most = new HashMap<>();
  private final Map<Hash, Integer> least = new HashMap<>();

  /** Lines that nobody else ran, and that others may run once the agent is caught. */
  private final Map<Hash, Integer> alone = new HashMap<>();

  private boolean gap;
  private int caught;

  /** What happened before is not known. */
  void gap() {
    gap = true;
    least.clear();
  }

  /** A result was taken that nobody else may have had. */
  void alone(Hash release) {
    alone.merge(release, 1, Integer::sum);
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
   * A result was outvoted. Others are then asked about all that the agent did alone, and each time
   * that they agree adds to its new record.
   *
   * @param known whether it is known when
   */
  void outvoted(boolean known) {
    least.clear();
    if (known) {
      most.clear();
      most.putAll(alone);
      caught = Math.min(CAUGHT_MAX, caught + 1);
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
    int needed = TRUSTED_FROM;
    for (int i = 0; i < caught; i++) {
      needed *= CAUGHT_FACTOR;
    }
    return needed;
  }

  /** The longest row that openings allow. */
  int length(Hash release) {
    return most.getOrDefault(release, 0);
  }

  private static int odds(int row) {
    return Math.min(row, CheckSecret.ONE_IN_MOST);
  }
}
