package org.almoner.ledger.check;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.almoner.ledger.entry.Totals;

/**
 * What totals must keep among each other: the periods of one project do not overlap, for the
 * difference of two overlapping sums may tell of one donor.
 */
final class TotalsRules {
  private final Findings findings;

  /** Last days of the periods by their first days, for each project. */
  private final Map<String, NavigableMap<LocalDate, LocalDate>> periods = new HashMap<>();

  TotalsRules(Findings findings) {
    this.findings = findings;
  }

  void take(long index, Totals totals) {
    NavigableMap<LocalDate, LocalDate> known =
        periods.computeIfAbsent(totals.project(), project -> new TreeMap<>());
    Map.Entry<LocalDate, LocalDate> before = known.floorEntry(totals.to());
    if (before != null && !before.getValue().isBefore(totals.from())) {
      findings.add(
          index,
          "totals of "
              + totals.project()
              + " from "
              + totals.from()
              + " to "
              + totals.to()
              + " overlap those from "
              + before.getKey()
              + " to "
              + before.getValue());
      return;
    }
    known.put(totals.from(), totals.to());
  }
}
