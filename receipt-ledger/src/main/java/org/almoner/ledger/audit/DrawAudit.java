package org.almoner.ledger.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LeafSet;
import org.almoner.ledger.check.LoggedDays;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
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
  private final Unopened unopened = new Unopened();
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

  /** A usage line that nobody opened is at {@code leaf}. */
  void unopened(long leaf) {
    unopened.add(leaf);
  }

  /** What the entry {@code index} says of a line that nobody opened. */
  void settleUnopened(long index, long leaf, Outcome outcome) {
    unopened.settle(index, leaf, outcome);
  }

  /** The entry {@code index} made void a line that nobody opened, since it was disproved. */
  void disproveUnopened(long index, long leaf) {
    unopened.disproved(index, leaf);
  }

  /**
   * The log has ended: repeats all draws.
   *
   * @param said by leaf, what the log says of each opened line
   * @param findings to which is added what is wrong
   */
  Odds end(Map<Long, OpenedLine> said, List<Finding> findings) {
    Answers answers = new Answers(unopened);
    agents.values().stream()
        .flatMap(AgentHistory::lines)
        .sorted(Comparator.comparingLong(CheckedLine::leaf))
        .forEach(line -> answers.take(line, Objects.requireNonNull(said.get(line.leaf()))));
    NavigableMap<Long, Long> doubts = unopened.doubts();
    List<Finding> found = new ArrayList<>();
    long exact = 0;
    for (AgentHistory agent : agents.values()) {
      TrackRecord track = new TrackRecord(agent.history(answers, said), doubts);
      for (CheckedLine line : agent.alone(said)) {
        track.reach(line.leaf());
        exact += draw(line.leaf(), line.line().release(), track, found) ? 1 : 0;
      }
    }
    found.sort((a, b) -> Long.compare(a.index(), b.index()));
    findings.addAll(found);
    long[] hidden = new long[1];
    alone.each(0, Long.MAX_VALUE, leaf -> hidden[0] += secretOf(leaf).isEmpty() ? 1 : 0);
    long all = alone.size();
    return new Odds(all, exact, all - exact - hidden[0], hidden[0]);
  }

  /** Repeats the draw of one line; whether that was at exact odds. */
  private boolean draw(long leaf, Hash release, TrackRecord track, List<Finding> found) {
    Optional<Bytes> secret = secretOf(leaf);
    int oneIn = track.oneIn(release);
    if (!track.mayBeTrusted(release)) {
      found.add(
          new Finding(
              leaf,
              "it was accepted alone, but of its agent's results with this release only "
                  + track.length(release)
                  + " in a row were agreed before, fewer than "
                  + track.needed()));
    } else if (secret.isPresent() && CheckSecret.due(secret.get(), leaf, oneIn)) {
      found.add(
          new Finding(
              leaf,
              "it was accepted alone, but its check was due: one line in "
                  + oneIn
                  + " of its agent is checked"));
    }
    return secret.isPresent() && track.isExact(release);
  }

  private Optional<Bytes> secretOf(long leaf) {
    return days.of(leaf).map(secrets::get);
  }
}
