package org.almoner.coordinator.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Hash;

/**
 * Works the lowest rates that are believed out of the best ones that were seen: pure rules.
 *
 * @param reference rate of starter units on the operator's own computer; 0 when it was not measured
 */
record Floors(long reference) {
  /** Donors below which a percentile says nothing. */
  static final int HOLDERS_MIN = 20;

  /** A computer so many times slower than the operator's is still believed. */
  static final int SLOWER = 4;

  /** No bound is lower than this part of the median: a few slow keys set nobody else's. */
  static final int MEDIAN_PART = 4;

  /** A rate that changed by no more than so many percent is not logged again. */
  static final int CHANGE_PERCENT = 5;

  /** The lowest rate of a release; empty when too few donors ran it and nothing was measured. */
  OptionalLong release(Collection<Long> best) {
    if (best.size() >= HOLDERS_MIN) {
      return OptionalLong.of(bound(best));
    }
    return reference > 0 ? OptionalLong.of(fallback()) : OptionalLong.empty();
  }

  private static long bound(Collection<Long> best) {
    return Math.max(Percentile.of(best), Percentile.median(best) / MEDIAN_PART);
  }

  private long fallback() {
    return Math.max(1, reference / SLOWER);
  }

  /**
   * The rate of starter units on the computers behind the releases.
   *
   * @param starters of the donors that stand behind them
   * @param lowest the lowest of the releases' rates, for want of anything better
   */
  long starter(Collection<Long> starters, long lowest) {
    if (starters.size() >= HOLDERS_MIN || (reference == 0 && !starters.isEmpty())) {
      return bound(starters);
    }
    return reference > 0 ? fallback() : lowest;
  }

  /** All of it, by release; empty when no release can be named. */
  SortedMap<Hash, Long> releases(Map<Hash, BestRates> best) {
    SortedMap<Hash, Long> floors = new TreeMap<>();
    best.forEach(
        (release, rates) ->
            release(rates.byHolder().values()).ifPresent(rate -> floors.put(release, rate)));
    return floors;
  }

  /** Starter rates of those who ran any of the releases. */
  static List<Long> behind(Collection<BestRates> releases, BestRates starters) {
    List<Long> rates = new ArrayList<>();
    for (Map.Entry<Holder, Long> each : starters.byHolder().entrySet()) {
      if (releases.stream().anyMatch(r -> r.byHolder().containsKey(each.getKey()))) {
        rates.add(each.getValue());
      }
    }
    return rates;
  }

  /** Whether the log should hear of it. */
  static boolean differs(Rates logged, Rates now) {
    if (!logged.releases().keySet().containsAll(now.releases().keySet())
        || apart(logged.starter(), now.starter())) {
      return true;
    }
    return now.releases().entrySet().stream()
        .anyMatch(
            each -> apart(logged.releases().getOrDefault(each.getKey(), 0L), each.getValue()));
  }

  private static boolean apart(long before, long now) {
    return Math.abs(now - before) * 100 > before * CHANGE_PERCENT;
  }
}
