package org.almoner.ledger.audit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.UnitId;
import org.almoner.protocol.lease.BatchId;

/**
 * By which lines units were decided, as far as openings show it.
 *
 * <p>How many donors had to agree is in no line: two at least. So nothing was decided before the
 * second of all lines that may have agreed, nor after the last of them; and where a line is not
 * opened that may be one of them, not before the line that is asked about, nor after its
 * settlement.
 */
final class Answers {
  /** Lines whose answer was the one taken. */
  private static final Set<Outcome> CERTAIN =
      EnumSet.of(Outcome.ACCEPTED, Outcome.ACCEPTED_OUTPUT, Outcome.SAME_DONOR);

  /** Lines whose answer was the one taken unless it was refuted later. */
  private static final Set<Outcome> POSSIBLE =
      EnumSet.of(Outcome.NONE, Outcome.DISTRUSTED, Outcome.ACCEPTED_ALONE, Outcome.ACCEPTED_RULED);

  private final Map<UnitId, List<Answer>> units = new HashMap<>();
  private final Set<BatchId> starters = new HashSet<>();
  private final Unopened unopened;

  /** A line that may have agreed. */
  private record Answer(long leaf, boolean certain) {}

  Answers(Unopened unopened) {
    this.unopened = unopened;
  }

  /** Takes what the log says of a line; lines come in order of their leaves. */
  void take(CheckedLine line, OpenedLine said) {
    Outcome outcome = said.outcome();
    boolean possible =
        POSSIBLE.contains(outcome) && line.line().exit() == 0 && said.disprovedAt().isEmpty();
    if (outcome == Outcome.STARTER) {
      starters.add(line.line().lease().batch());
    } else if (CERTAIN.contains(outcome) || possible) {
      units
          .computeIfAbsent(line.unit(), unit -> new ArrayList<>(2))
          .add(new Answer(line.leaf(), !possible));
    }
  }

  /** Whether the line is of a unit whose answer was known beforehand. */
  boolean isStarter(CheckedLine line) {
    return starters.contains(line.line().lease().batch());
  }

  /**
   * When it was decided what becomes of the line.
   *
   * @param settled index of the entry that settled it, {@link Span#OPEN} when none did
   */
  Span decided(CheckedLine line, long settled) {
    long own = line.leaf();
    List<Answer> all = units.getOrDefault(line.unit(), List.of());
    if (all.size() < 2) {
      return new Span(own, settled);
    }
    long second = all.get(1).leaf();
    long last = Math.max(own, all.get(all.size() - 1).leaf());
    long from = unopened.mayAgree(0, second) ? own : Math.max(own, second);
    long to = unopened.mayAgree(last, settled) ? settled : Math.min(last, settled);
    return new Span(Math.min(from, to), to);
  }

  /** Whether so many others answered that they decided without the line. */
  boolean decidedByOthers(CheckedLine line) {
    return others(line, false) > 1;
  }

  /** Whether so many others were agreed for certain that they decided without the line. */
  boolean refuted(CheckedLine line) {
    return others(line, true) > 1;
  }

  /** Whether a line that may be another answer to its unit came, opened or not. */
  boolean others(CheckedLine line) {
    return others(line, false) > 0;
  }

  /** Whether there are lines that nobody opened and that may have agreed. */
  boolean areUnopened() {
    return unopened.mayAgree(0, Span.OPEN);
  }

  /** Whether a line that nobody opened may have decided behind {@code leaf}. */
  boolean mayBeDecidedBehind(long leaf) {
    return unopened.mayAgree(leaf + 1, Span.OPEN);
  }

  private long others(CheckedLine line, boolean certain) {
    return units.getOrDefault(line.unit(), List.of()).stream()
        .filter(answer -> answer.leaf() != line.leaf())
        .filter(answer -> answer.certain() || !certain)
        .count();
  }
}
