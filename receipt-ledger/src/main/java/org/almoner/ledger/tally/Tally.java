package org.almoner.ledger.tally;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;

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
 * @param excluded how many lines do not count, by reason; a reason without any is left out
 * @param days UTC days with a line that counts
 * @param devices agents with a line that counts
 */
public record Tally(
    Hash lines,
    List<MonthTotal> months,
    List<ReleaseTotal> releases,
    Map<Exclusion, Long> excluded,
    long days,
    long devices) {
  /** Most releases in one period. */
  public static final int RELEASES_MAX = 2_000;

  /** Refuses releases, excluded lines, days or devices that cannot belong to the months. */
  public Tally {
    months = List.copyOf(months);
    releases = List.copyOf(releases);
    excluded = Collections.unmodifiableMap(new TreeMap<>(excluded));
    if (releases.size() > RELEASES_MAX) {
      throw new IllegalArgumentException(
          "a statement has at most " + RELEASES_MAX + " releases, got " + releases.size());
    }
    requireOrder(releases);
    Quantities byRelease =
        releases.stream().map(ReleaseTotal::given).reduce(Quantities.NONE, Quantities::plus);
    long accepted = months.stream().mapToLong(MonthTotal::accepted).sum();
    long counted = releases.stream().mapToLong(ReleaseTotal::accepted).sum();
    if (counted != accepted
        || !byRelease.equals(
            months.stream().map(MonthTotal::given).reduce(Quantities.NONE, Quantities::plus))) {
      throw new IllegalArgumentException("the releases do not add up to the months");
    }
    long left = months.stream().mapToLong(MonthTotal::returned).sum() - accepted;
    if (excluded.values().stream().anyMatch(count -> count < 1)
        || excluded.values().stream().mapToLong(Long::longValue).sum() != left) {
      throw new IllegalArgumentException(
          "the excluded lines " + excluded + " are not the " + left + " that do not count");
    }
    boolean some = accepted > 0;
    if (days > accepted || devices > accepted || days > 0 != some || devices > 0 != some) {
      throw new IllegalArgumentException(
          days + " days and " + devices + " devices cannot be of " + accepted + " lines");
    }
  }

  private static void requireOrder(List<ReleaseTotal> releases) {
    for (int i = 1; i < releases.size(); i++) {
      Hash release = releases.get(i).release();
      if (releases.get(i - 1).release().compareTo(release) >= 0) {
        throw new IllegalArgumentException("releases are not in order at " + release);
      }
    }
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
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    Set<LocalDate> days = new HashSet<>();
    Set<AgentId> devices = new HashSet<>();
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
        excluded.merge(Exclusion.of(line.leaf(), outcomes), 1L, Long::sum);
        continue;
      }
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(line.leaf()).array());
      line.leafHash().feed(digest);
      Outcome.Tier tier = outcomes.outcome(line.leaf()).tier().orElseThrow();
      Quantities given = Quantities.of(line.line(), tier, plausible.cpuMs(line));
      months.merge(month, new MonthTotal(month, given, 1, 1), Tally::sum);
      days.add(line.day());
      devices.add(line.agent());
      Hash release = line.line().release();
      releases.merge(release, new ReleaseTotal(release, given, 1), ReleaseTotal::plus);
    }
    return new Tally(
        Hash.of(digest.digest()),
        List.copyOf(months.values()),
        List.copyOf(releases.values()),
        excluded,
        days.size(),
        devices.size());
  }

  /**
   * Why each line of {@code from} to {@code to} that does not count does not, by its leaf; right
   * answers of starter units are no results and are left out.
   *
   * @param lines all of one donor
   */
  public static SortedMap<Long, Exclusion> excluded(
      Collection<CheckedLine> lines, Outcomes outcomes, LocalDate from, LocalDate to) {
    Set<Long> counting = counting(lines, outcomes);
    SortedMap<Long, Exclusion> excluded = new TreeMap<>();
    for (CheckedLine line : lines) {
      long leaf = line.leaf();
      boolean inside = !line.day().isBefore(from) && !line.day().isAfter(to);
      if (inside && !outcomes.starter(leaf) && !counting.contains(leaf)) {
        excluded.put(leaf, Exclusion.of(leaf, outcomes));
      }
    }
    return excluded;
  }

  /** Lines that count. */
  public long accepted() {
    return months.stream().mapToLong(MonthTotal::accepted).sum();
  }

  /** All lines logged in the period. */
  public long returned() {
    return months.stream().mapToLong(MonthTotal::returned).sum();
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
