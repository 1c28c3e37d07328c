package org.almoner.simulation.books;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.protocol.bytes.Hash;

/**
 * The public log as it stands, with the lines that could be opened.
 *
 * @param size entries
 * @param root what the newest checkpoint signs
 * @param faults what is wrong with the log itself, or with what opens it
 * @param outcomes what the log says became of each line
 * @param lines opened lines by their leaf
 * @param usage leaves of all usage lines, opened or not
 */
public record Books(
    long size,
    Hash root,
    List<String> faults,
    SettledOutcomes outcomes,
    NavigableMap<Long, CheckedLine> lines,
    Map<Long, Hash> usage) {
  /** Views of what the auditor goes on writing. */
  public Books {
    faults = List.copyOf(faults);
    lines = Collections.unmodifiableNavigableMap(lines);
    usage = Collections.unmodifiableMap(usage);
  }

  /** Whether the log holds the line where it is said to. */
  public boolean holds(CheckedLine line) {
    Hash logged = usage.get(line.leaf());
    return logged != null && logged.equals(line.leafHash());
  }

  /** All opened lines. */
  public Collection<CheckedLine> opened() {
    return lines.values();
  }
}
