package org.almoner.ledger.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.CheckedLine;

/** The opened lines of one agent, and what its record learnt of them when. For one thread. */
final class AgentHistory {
  private static final Comparator<Own> BY_CHAIN =
      Comparator.comparingLong(Own::seq).thenComparingInt(Own::part);

  private final List<Own> lines = new ArrayList<>();
  private final List<TrackRecord.Agreed> agreed = new ArrayList<>();
  private final List<TrackRecord.Outvoted> outvoted = new ArrayList<>();

  /** A line and its place in the agent's chain. */
  private record Own(CheckedLine line, long seq, int part, int parts) {
    boolean follows(Own before) {
      return seq == before.seq
          ? part == before.part + 1
          : seq == before.seq + 1 && part == 0 && before.part == before.parts - 1;
    }

    long leaf() {
      return line.leaf();
    }

    /** Whether it says that the unit succeeded. */
    boolean claimed() {
      return line.line().exit() == 0;
    }
  }

  /**
   * Takes a line.
   *
   * @param seq number of its report in the agent's chain
   * @param part its place in the report
   * @param parts lines of the report
   */
  void add(CheckedLine line, long seq, int part, int parts) {
    lines.add(new Own(line, seq, part, parts));
  }

  /** All of them. */
  Stream<CheckedLine> lines() {
    return lines.stream().map(Own::line);
  }

  /** Those that were accepted alone, in order of their leaves. */
  List<CheckedLine> alone(Map<Long, OpenedLine> said) {
    return lines()
        .filter(line -> of(said, line).outcome() == Outcome.ACCEPTED_ALONE)
        .sorted(Comparator.comparingLong(CheckedLine::leaf))
        .toList();
  }

  /** What its record learnt. */
  TrackRecord.History history(Answers answers, Map<Long, OpenedLine> said) {
    agreed.clear();
    outvoted.clear();
    for (Own own : lines) {
      learn(own, of(said, own.line()), answers);
    }
    NavigableMap<Long, Long> asked = asked();
    for (Own own : lines) {
      mayBeRunAgain(own, of(said, own.line()), answers, asked);
    }
    return new TrackRecord.History(List.copyOf(agreed), List.copyOf(outvoted), gap());
  }

  private void learn(Own own, OpenedLine said, Answers answers) {
    Span decided = answers.decided(own.line(), said.settledAt());
    switch (said.outcome()) {
      case ACCEPTED, ACCEPTED_OUTPUT, SAME_DONOR -> agree(own, decided, true);
      case OUTPUT_DISAGREED, COUNT_DISAGREED -> {
        boolean starter = answers.isStarter(own.line());
        outvote(own, starter ? Span.at(own.leaf()) : decided, true);
      }
      case ACCEPTED_RULED -> outvote(own, decided, false); // what it was before is not known
      case NONE -> outvote(own, new Span(own.leaf(), Span.OPEN), false);
      case ACCEPTED_ALONE ->
          said.disprovedAt()
              .ifPresent(
                  entry ->
                      outvote(
                          own,
                          new Span(Math.min(said.settledAt(), entry), entry),
                          answers.refuted(own.line())));
      case DISTRUSTED -> {
        long settled = said.settledAt();
        if (answers.decidedByOthers(own.line()) || answers.mayBeDecidedBehind(own.leaf())) {
          outvote(own, new Span(settled, Span.OPEN), false);
        }
      }
      default -> {}
    }
  }

  private void agree(Own own, Span when, boolean certain) {
    agreed.add(new TrackRecord.Agreed(own.line().line().release(), when, certain));
  }

  /** A failure claims nothing, and is never held against its agent. */
  private void outvote(Own own, Span when, boolean certain) {
    if (own.claimed()) {
      outvoted.add(new TrackRecord.Outvoted(when, certain));
    }
  }

  /**
   * Whoever may have been outvoted may have had all run again by others that nobody else had run,
   * and each of it that they confirmed is in the new record.
   */
  private void mayBeRunAgain(
      Own own, OpenedLine said, Answers answers, NavigableMap<Long, Long> asked) {
    Outcome outcome = said.outcome();
    boolean pending = outcome == Outcome.NONE || outcome == Outcome.ACCEPTED_RULED;
    boolean maybe = pending || outcome == Outcome.ACCEPTED_ALONE || outcome == Outcome.DISTRUSTED;
    boolean refuted = said.disprovedAt().isPresent() && answers.refuted(own.line());
    if (!maybe || refuted || !own.claimed()) {
      return;
    }
    Map.Entry<Long, Long> next = asked.higherEntry(own.leaf());
    long from = next == null ? Span.OPEN : Math.max(own.leaf(), next.getValue());
    if (pending) {
      from = own.leaf();
    } else if (answers.others(own.line())
        || (outcome == Outcome.DISTRUSTED && answers.areUnopened())) {
      from = Math.min(from, answers.decided(own.line(), Span.OPEN).from());
    }
    if (from < Span.OPEN) {
      agree(own, new Span(from, Span.OPEN), false);
    }
  }

  /**
   * When it may have been outvoted: by the entry by which that had happened, the first that it or a
   * later one may have happened at.
   */
  private NavigableMap<Long, Long> asked() {
    TreeMap<Long, Long> asked = new TreeMap<>();
    outvoted.forEach(one -> asked.merge(one.when().to(), one.when().from(), Math::min));
    long earliest = Span.OPEN;
    for (Map.Entry<Long, Long> each : asked.descendingMap().entrySet()) {
      earliest = Math.min(earliest, each.getValue());
      each.setValue(earliest);
    }
    return asked;
  }

  /**
   * The first leaf of a line before which another is missing in the chain. Reports may come out of
   * order, so that a later number may be in the log first.
   */
  private long gap() {
    lines.sort(BY_CHAIN);
    int missing = 0;
    while (missing < lines.size() && follows(missing)) {
      missing++;
    }
    return lines.stream().skip(missing).mapToLong(Own::leaf).min().orElse(Span.OPEN);
  }

  private boolean follows(int i) {
    Own own = lines.get(i);
    return i == 0 ? own.seq() == 0 && own.part() == 0 : own.follows(lines.get(i - 1));
  }

  private static OpenedLine of(Map<Long, OpenedLine> said, CheckedLine line) {
    return Objects.requireNonNull(said.get(line.leaf()));
  }
}
