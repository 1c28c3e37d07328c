package org.almoner.coordinator.validation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.CheckOdds;
import org.almoner.protocol.bytes.Hash;

/**
 * How often an agent was found right, release by release: the results in a row on which another
 * donor's computer agreed. What nobody else ran says nothing about it.
 *
 * <p>Being outvoted once ends every row, and makes the next one ten times as long.
 */
public final class TrackRecord {
  /** Releases remembered, those met last; a forgotten one begins anew. */
  public static final int RELEASES_MAX = 32;

  /** Behind every leaf. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Map<Hash, Streak> streaks = new LinkedHashMap<>();
  private int caught;
  private long firstAlone = NEVER;

  /**
   * Agreed results in a row.
   *
   * @param lastLeaf the newest leaf among them
   */
  private record Streak(long agreed, long lastLeaf) {}

  /** Whether units of the release may be run by this agent alone. */
  public boolean isTrusted(Hash release) {
    return agreed(release) >= needed();
  }

  /** Whether units of some release may be. */
  public boolean isTrusted() {
    return streaks.values().stream().anyMatch(streak -> streak.agreed() >= needed());
  }

  /** One line in how many is checked; 1 means every line. */
  public int oneIn(Hash release) {
    return isTrusted(release) ? CheckOdds.oneIn(agreed(release)) : 1;
  }

  /** Whether a line of the release that was logged behind {@code leaf} was agreed by others. */
  public boolean agreedAfter(Hash release, long leaf) {
    Streak streak = streaks.get(release);
    return streak != null && streak.lastLeaf() > leaf;
  }

  /** Whether a line of any release that was logged behind {@code leaf} was agreed by others. */
  public boolean agreedAfter(long leaf) {
    return streaks.values().stream().anyMatch(streak -> streak.lastLeaf() > leaf);
  }

  /** The first leaf whose line was taken without another computer's. */
  public long firstAlone() {
    return firstAlone;
  }

  /** Its line at {@code leaf} was taken without another computer's. */
  public void alone(long leaf) {
    firstAlone = Math.min(firstAlone, leaf);
  }

  /** Another donor's computer agreed with its line at {@code leaf}. */
  public void agreed(Hash release, long leaf) {
    Streak before = streaks.remove(release);
    long last = before == null ? leaf : Math.max(leaf, before.lastLeaf());
    streaks.put(release, new Streak(before == null ? 1 : before.agreed() + 1, last));
    if (streaks.size() > RELEASES_MAX) {
      Iterator<Hash> oldest = streaks.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Others agreed on something else than it said. */
  public void outvoted() {
    streaks.clear();
    caught = Math.min(CheckOdds.CAUGHT_MAX, caught + 1);
  }

  private long agreed(Hash release) {
    Streak streak = streaks.get(release);
    return streak == null ? 0 : streak.agreed();
  }

  private long needed() {
    return CheckOdds.rowNeeded(caught);
  }

  /** Reads what {@link #write} wrote. */
  public static TrackRecord read(RowReader in) throws DamagedRow {
    TrackRecord record = new TrackRecord();
    record.caught = in.count(CheckOdds.CAUGHT_MAX);
    record.firstAlone = in.number();
    int count = in.count(RELEASES_MAX);
    for (int i = 0; i < count; i++) {
      record.streaks.put(in.hash(), new Streak(in.number(), in.number()));
    }
    return record;
  }

  /** Writes it as part of a row, the release met longest ago first. */
  public void write(RowWriter out) {
    out.number(caught).number(firstAlone).number(streaks.size());
    streaks.forEach(
        (release, streak) -> out.hash(release).number(streak.agreed()).number(streak.lastLeaf()));
  }
}
