package org.almoner.ledger.tally;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;

/**
 * The one fold from checked lines and logged outcomes to totals by month.
 *
 * <p>The order in which lines are given does not matter; a leaf given twice is refused, so that
 * nothing counts twice. Lines of one donor must all be given, those of other days too: a unit is
 * agreed by distinct donors, so where two agreed lines of one unit turn out to be one donor's, none
 * of them counts. Lines of starter units are given too: they show how fast a computer is.
 *
 * @param lines digest of the accepted lines, as {@link Statement#lines} defines it
 * @param months one for each month with a line that is not of a starter unit, in order
 * @param releases one for each release with a line that counts, in order of their digests
 */
public record Tally(Hash lines, List<MonthTotal> months, List<ReleaseTotal> releases) {
  /** Copies the lists. */
  public Tally {
    months = List.copyOf(months);
    releases = List.copyOf(releases);
  }

  /**
   * Leaves of the lines that count, whatever their day; the set is the caller's own.
   *
   * @param lines all of one donor
   */
  public static Set<Long> counting(Collection<CheckedLine> lines, Outcomes outcomes) {
    Map<UnitId, Integer> agreed = new HashMap<>();
    for (CheckedLine line : lines) {
      if (outcomes.agreed(line.leaf())) {
        agreed.merge(line.unit(), 1, Integer::sum);
      }
    }
    return lines.stream()
        .filter(line -> outcomes.counts(line.leaf()) && agreed.getOrDefault(line.unit(), 0) < 2)
        .map(CheckedLine::leaf)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * Adds up the lines whose day lies in {@code from} to {@code to}, both included.
   *
   * @throws OpeningRejected when two lines claim one leaf
   */
  public static Tally fold(
      Collection<CheckedLine> lines, Outcomes outcomes, LocalDate from, LocalDate to)
      throws OpeningRejected {
    List<CheckedLine> ordered =
        lines.stream().sorted(Comparator.comparingLong(CheckedLine::leaf)).toList();
    Set<Long> counting = counting(lines, outcomes);
    MessageDigest digest = Hash.newDigest();
    Map<YearMonth, MonthTotal> months = new TreeMap<>();
    Map<Hash, ReleaseTotal> releases = new TreeMap<>();
    PlausibleTime plausible = new PlausibleTime(lines, outcomes);
    long before = -1;
    for (CheckedLine line : ordered) {
      if (line.leaf() == before) {
        throw new OpeningRejected("entry " + before + " was opened twice");
      }
      before = line.leaf();
      boolean outside = line.day().isBefore(from) || line.day().isAfter(to);
      if (outside || outcomes.starter(line.leaf())) {
        continue;
      }
      YearMonth month = YearMonth.from(line.day());
      if (!counting.contains(line.leaf())) {
        months.merge(month, new MonthTotal(month, Quantities.NONE, 0, 1), Tally::sum);
        continue;
      }
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(line.leaf()).array());
      line.leafHash().feed(digest);
      Outcome.Tier tier = outcomes.outcome(line.leaf()).tier().orElseThrow();
      Quantities given = Quantities.of(line.line(), tier, plausible.cpuMs(line));
      months.merge(month, new MonthTotal(month, given, 1, 1), Tally::sum);
      Hash release = line.line().release();
      releases.merge(release, new ReleaseTotal(release, given, 1), ReleaseTotal::plus);
    }
    return new Tally(
        Hash.of(digest.digest()), List.copyOf(months.values()), List.copyOf(releases.values()));
  }

  /** Sums over all months. */
  public Quantities given() {
    return months.stream().map(MonthTotal::given).reduce(Quantities.NONE, Quantities::plus);
  }

  private static MonthTotal sum(MonthTotal a, MonthTotal b) {
    return new MonthTotal(
        a.month(),
        a.given().plus(b.given()),
        a.accepted() + b.accepted(),
        a.returned() + b.returned());
  }
}
