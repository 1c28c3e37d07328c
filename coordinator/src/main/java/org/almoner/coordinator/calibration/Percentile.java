package org.almoner.coordinator.calibration;

import java.util.Collection;
import java.util.List;

/** The rate that nearly all computers reach. */
final class Percentile {
  /** One computer in so many may be slower: the 5th percentile. */
  static final int ONE_IN = 20;

  private Percentile() {}

  /** The middle one of the rates, the lower of two. */
  static long median(Collection<Long> rates) {
    List<Long> sorted = rates.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  /** The smallest of the rates that no more than a twentieth of them are below. */
  static long of(Collection<Long> rates) {
    List<Long> sorted = rates.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) / ONE_IN);
  }
}
