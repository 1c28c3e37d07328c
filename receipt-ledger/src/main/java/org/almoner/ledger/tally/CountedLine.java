package org.almoner.ledger.tally;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.almoner.ledger.entry.Outcome;

/**
 * A line that counts, with what is credited of it: {@link Tally} adds up just these.
 *
 * @param line what was measured
 * @param given what of it is credited
 */
public record CountedLine(CheckedLine line, Quantities given) {
  /**
   * The lines that count and whose day lies in {@code from} to {@code to}, both included, in order
   * of the log.
   *
   * @param lines all of one donor, those of other days and of starter units too
   */
  public static List<CountedLine> of(
      Collection<CheckedLine> lines, Outcomes outcomes, LocalDate from, LocalDate to) {
    Set<Long> counting = Tally.counting(lines, outcomes);
    PlausibleTime plausible = new PlausibleTime(lines, outcomes);
    List<CountedLine> counted = new ArrayList<>();
    for (CheckedLine line : lines) {
      boolean outside = line.day().isBefore(from) || line.day().isAfter(to);
      if (!outside && counting.contains(line.leaf())) {
        Outcome.Tier tier = outcomes.outcome(line.leaf()).tier().orElseThrow();
        counted.add(new CountedLine(line, Quantities.of(line.line(), tier, plausible.cpuMs(line))));
      }
    }
    counted.sort(Comparator.comparingLong(each -> each.line().leaf()));
    return counted;
  }
}
