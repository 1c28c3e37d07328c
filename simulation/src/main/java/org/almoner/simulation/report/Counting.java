package org.almoner.simulation.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tally.UnitId;
import org.almoner.simulation.books.Books;
import org.almoner.simulation.truth.TrueLine;
import org.almoner.simulation.truth.Truth;

/** Holds what counts against what was true. */
public final class Counting {
  private static final LocalDate EVER = LocalDate.of(2000, 1, 1);
  private static final LocalDate ALWAYS = LocalDate.of(9999, 1, 1);

  private Counting() {}

  /** What those of each strategy did before leaf {@code to}, by its name. */
  public static Map<String, Share> shares(Books books, Truth truth, long to) {
    Map<String, Share> shares = new TreeMap<>();
    for (CheckedLine line : books.lines().headMap(to).values()) {
      Optional<TrueLine> really = truth.of(line.line().lease());
      if (really.isPresent()) {
        Share share = share(really.get(), books, line);
        shares.merge(really.get().strategy(), share, Share::plus);
      }
    }
    return shares;
  }

  /** Lines before leaf {@code to} of those who mean well that do not count, by why not. */
  public static Map<String, Long> lostBecause(Books books, Truth truth, long to) {
    Map<String, Long> why = new TreeMap<>();
    for (CheckedLine line : books.lines().headMap(to).values()) {
      boolean honest = truth.of(line.line().lease()).filter(TrueLine::honest).isPresent();
      if (honest && !books.outcomes().counts(line.leaf())) {
        Outcome outcome = books.outcomes().outcome(line.leaf());
        why.merge(outcome.counts() ? "VOID" : outcome.name(), 1L, Long::sum);
      }
    }
    return why;
  }

  private static Share share(TrueLine really, Books books, CheckedLine line) {
    long credited = credited(books, line);
    Outcome outcome = books.outcomes().outcome(line.leaf());
    boolean open = outcome == Outcome.NO_QUORUM || outcome == Outcome.NONE;
    long real = really.realMs();
    long counted = really.right() ? Math.min(credited, real) : 0;
    return new Share(
        1,
        real,
        really.forgedMs(),
        credited - counted,
        counted,
        open ? 0 : real - counted,
        open ? real : 0);
  }

  /** Processor time that counts for one line, by the fold of statements. */
  private static long credited(Books books, CheckedLine line) {
    try {
      return Tally.fold(List.of(line), books.outcomes(), EVER, ALWAYS).given().cpu().totalMs();
    } catch (OpeningRejected e) {
      throw new IllegalStateException("one line is no two", e);
    }
  }

  /**
   * Lines, ever, for each unit that was begun from leaf {@code from} to {@code to} and has one that
   * counts.
   */
  public static Map<UnitId, Integer> linesOfUnits(Books books, long from, long to) {
    Map<UnitId, Integer> lines = new HashMap<>();
    Set<UnitId> done = new HashSet<>();
    Set<UnitId> others = new HashSet<>();
    books.lines().headMap(from).values().forEach(line -> others.add(line.unit()));
    for (CheckedLine line : books.lines().tailMap(from).values()) {
      if (line.leaf() >= to && !lines.containsKey(line.unit())) {
        others.add(line.unit());
      }
      lines.merge(line.unit(), 1, Integer::sum);
      if (books.outcomes().counts(line.leaf())) {
        done.add(line.unit());
      }
    }
    lines.keySet().retainAll(done);
    lines.keySet().removeAll(others);
    return lines;
  }
}
