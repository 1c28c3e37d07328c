package org.almoner.ledger.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.Outcomes;
import org.almoner.ledger.tally.UnitId;
import org.almoner.protocol.bytes.Hash;

/** The opened lines of one agent, and in which order its record learnt of them. */
final class AgentHistory {
  private static final Comparator<Own> BY_CHAIN =
      Comparator.comparingLong(Own::seq).thenComparingInt(Own::part);

  /** At one leaf openings are missed first and a line is drawn before it is learnt from. */
  private static final Comparator<Event> BY_LEAF =
      Comparator.comparingLong(Event::leaf).thenComparing(Event::what);

  private final List<Own> lines = new ArrayList<>();

  /** A line and its place in the agent's chain. */
  private record Own(
      long leaf, long seq, int part, int parts, UnitId unit, Hash release, boolean claimed) {
    boolean follows(Own before) {
      return seq == before.seq
          ? part == before.part + 1
          : seq == before.seq + 1 && part == 0 && before.part == before.parts - 1;
    }
  }

  /** What there is to learn. */
  enum What {
    /** Lines before this one are not opened. */
    GAP,
    /** The line was accepted alone. */
    ALONE,
    /** The line had not matured when its agent was caught; it may have been accepted alone. */
    UNMATURED,
    /** The line's answer was agreed. */
    AGREED,
    /** Another answer was agreed. */
    OUTVOTED
  }

  /**
   * Something that the agent's record learns.
   *
   * @param leaf of the line by which it was decided
   * @param known whether that leaf is known, and not merely the earliest that it can be
   */
  record Event(long leaf, What what, Hash release, boolean known) {}

  /**
   * Takes a line.
   *
   * @param seq number of its report in the agent's chain
   * @param part its place in the report
   * @param parts lines of the report
   */
  void add(CheckedLine line, long seq, int part, int parts) {
    lines.add(
        new Own(
            line.leaf(),
            seq,
            part,
            parts,
            line.unit(),
            line.line().release(),
            line.line().exit() == 0));
  }

  /** Adds the leaves of its agreed lines to those of their units. */
  void agreed(Outcomes outcomes, Map<UnitId, List<Long>> units) {
    for (Own line : lines) {
      if (isAnswer(outcomes, line.leaf())) {
        units.computeIfAbsent(line.unit(), unit -> new ArrayList<>(2)).add(line.leaf());
      }
    }
  }

  /**
   * What its record learns, in order.
   *
   * @param units leaves of all agreed lines, ascending
   */
  List<Event> events(Outcomes outcomes, Map<UnitId, List<Long>> units) {
    List<Event> events = new ArrayList<>();
    lines.sort(BY_CHAIN);
    for (int i = 0; i < lines.size(); i++) {
      Own line = lines.get(i);
      boolean first = line.seq() == 0 && line.part() == 0;
      if (!(i == 0 ? first : line.follows(lines.get(i - 1)))) {
        events.add(new Event(line.leaf(), What.GAP, line.release(), true));
      }
      Outcome outcome = outcomes.outcome(line.leaf());
      if (outcome == Outcome.ACCEPTED_ALONE) {
        events.add(new Event(line.leaf(), What.ALONE, line.release(), true));
        if (isAnswer(outcomes, line.leaf())
            && units.getOrDefault(line.unit(), List.of()).size() > 1) {
          events.add(decided(line, What.AGREED, units)); // others were asked later
        }
      } else if (outcome == Outcome.ACCEPTED_RULED) { // what it had been before is not known
        events.add(new Event(line.leaf(), What.AGREED, line.release(), false));
        events.add(new Event(line.leaf(), What.OUTVOTED, line.release(), false));
      } else if (outcome.agreed()) {
        if (outcome == Outcome.DISTRUSTED) {
          events.add(new Event(line.leaf(), What.UNMATURED, line.release(), true));
        }
        events.add(decided(line, What.AGREED, units));
      } else if (line.claimed()
          && (outcome == Outcome.OUTPUT_DISAGREED || outcome == Outcome.COUNT_DISAGREED)) {
        events.add(decided(line, What.OUTVOTED, units));
      }
    }
    events.sort(BY_LEAF);
    return events;
  }

  /** Whether the line's answer was the one taken; one made void later may have been wrong. */
  private static boolean isAnswer(Outcomes outcomes, long leaf) {
    Outcome outcome = outcomes.outcome(leaf);
    return outcome.agreed()
        && outcome != Outcome.ACCEPTED_RULED
        && !(outcome == Outcome.ACCEPTED_ALONE && outcomes.isVoid(leaf));
  }

  /** A unit is decided by the second line that gives the answer, a later line by itself. */
  private static Event decided(Own line, What what, Map<UnitId, List<Long>> units) {
    List<Long> agreed = units.getOrDefault(line.unit(), List.of());
    return agreed.size() < 2
        ? new Event(line.leaf(), what, line.release(), false)
        : new Event(Math.max(line.leaf(), agreed.get(1)), what, line.release(), true);
  }
}
