package org.almoner.ledger.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LeafSet;
import org.almoner.ledger.check.LoggedDays;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.Outcomes;
import org.almoner.ledger.tally.UnitId;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;

/**
 * Repeats the draws of lines that were accepted alone, at the odds of their agents' records.
 *
 * <p>The rule, and how a record follows from lines, is in {@code docs/spec/audit-sample.md}. For
 * one thread.
 */
final class DrawAudit {
  private final LoggedDays days = new LoggedDays();
  private final Map<LocalDate, Bytes> secrets = new TreeMap<>();
  private final LeafSet alone = new LeafSet();
  private final Map<AgentId, AgentHistory> agents = new HashMap<>();

  /** Takes an opened line: part {@code part} of {@code parts} of its agent's report {@code seq}. */
  void open(CheckedLine line, long seq, int part, int parts) {
    agents.computeIfAbsent(line.agent(), agent -> new AgentHistory()).add(line, seq, part, parts);
  }

  /** Takes a day entry; one that goes back is for the check of the log to name. */
  void day(long index, LocalDate date) {
    days.take(index, date);
  }

  /** Takes a check-secret; until it is open there is nothing to learn. */
  void secret(CheckSecret secret) {
    secret.secret().ifPresent(octets -> secrets.putIfAbsent(secret.date(), octets));
  }

  /** The line at {@code leaf}, opened or not, was settled as accepted alone. */
  void acceptedAlone(long leaf) {
    alone.add(leaf);
  }

  /**
   * The log has ended: repeats all draws.
   *
   * @param outcomes what the log says of an opened line
   * @param findings to which is added what is wrong
   */
  Odds end(Outcomes outcomes, List<Finding> findings) {
    Map<UnitId, List<Long>> units = new HashMap<>();
    agents.values().forEach(agent -> agent.agreed(outcomes, units));
    units.values().forEach(leaves -> leaves.sort(null));
    List<Finding> found = new ArrayList<>();
    long exact = 0;
    for (AgentHistory agent : agents.values()) {
      exact += repeat(agent.events(outcomes, units), found);
    }
    found.sort((a, b) -> Long.compare(a.index(), b.index()));
    findings.addAll(found);
    long[] hidden = new long[1];
    alone.each(0, Long.MAX_VALUE, leaf -> hidden[0] += secretOf(leaf).isEmpty() ? 1 : 0);
    long all = alone.size();
    return new Odds(all, exact, all - exact - hidden[0], hidden[0]);
  }

  /** How many of one agent's draws were repeated at exact odds. */
  private long repeat(List<AgentHistory.Event> events, List<Finding> found) {
    TrackRecord track = new TrackRecord();
    long exact = 0;
    for (AgentHistory.Event event : events) {
      switch (event.what()) {
        case GAP -> track.gap();
        case UNMATURED -> track.alone(event.release());
        case AGREED -> track.agreed(event.release(), event.known());
        case OUTVOTED -> track.outvoted(event.known());
        case ALONE -> {
          exact += draw(event, track, found) ? 1 : 0;
          track.alone(event.release());
        }
      }
    }
    return exact;
  }

  private boolean draw(AgentHistory.Event line, TrackRecord track, List<Finding> found) {
    if (!track.mayBeTrusted(line.release())) {
      found.add(
          new Finding(
              line.leaf(),
              "it was accepted alone, but of its agent's results with this release only "
                  + track.length(line.release())
                  + " in a row were agreed before, fewer than "
                  + track.needed()));
      return secretOf(line.leaf()).isPresent();
    }
    Optional<Bytes> secret = secretOf(line.leaf());
    int oneIn = track.oneIn(line.release());
    if (secret.isPresent() && CheckSecret.due(secret.get(), line.leaf(), oneIn)) {
      found.add(
          new Finding(
              line.leaf(),
              "it was accepted alone, but its check was due: one line in "
                  + oneIn
                  + " of its agent is checked"));
    }
    return secret.isPresent() && track.isExact(line.release());
  }

  private Optional<Bytes> secretOf(long leaf) {
    return days.of(leaf).map(secrets::get);
  }
}
