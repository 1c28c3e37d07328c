package org.almoner.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.almoner.protocol.result.OutputBundle;

/** What the demonstration's two batches have found so far. */
final class DemoResults {
  private static final int BARS = 34;

  private final String primes;
  private final String genome;
  private final Coverage coverage;
  private final double top;
  private final Set<Integer> exponents = new TreeSet<>();
  private final Set<Long> primesSeen = new HashSet<>();
  private final Set<Long> genomeSeen = new HashSet<>();
  private long units;
  private long ended;
  private long failed;
  private long rejected;

  /**
   * Nothing found yet.
   *
   * @param primes batch of Mersenne tests
   * @param genome batch of alignments
   * @param top depth at which a bar is full
   */
  DemoResults(String primes, String genome, Coverage coverage, double top) {
    this.primes = primes;
    this.genome = genome;
    this.coverage = coverage;
    this.top = top;
  }

  /** Takes what was agreed since the last look; returns the exponents among it. */
  List<Integer> look(OperatorClient operator) {
    BatchCounts first = BatchCounts.of(operator, primes);
    BatchCounts second = BatchCounts.of(operator, genome);
    units = first.units() + second.units();
    failed = first.failed() + second.failed();
    ended = first.accepted() + second.accepted() + failed;
    rejected = first.rejected() + second.rejected();
    for (OutputBundle bundle : fresh(operator, genome, genomeSeen)) {
      coverage.add(bundle);
    }
    Set<Integer> found = new TreeSet<>();
    for (OutputBundle bundle : fresh(operator, primes, primesSeen)) {
      Mersenne.collect(bundle, found);
    }
    found.removeAll(exponents);
    exponents.addAll(found);
    return List.copyOf(found);
  }

  private static List<OutputBundle> fresh(OperatorClient operator, String batch, Set<Long> seen) {
    List<OutputBundle> bundles = new ArrayList<>();
    for (Results.Result result : Results.list(operator, batch, 0)) {
      if (seen.add(result.unit())) {
        bundles.add(Results.bundle(operator, batch, result));
      }
    }
    return bundles;
  }

  boolean done() {
    return ended == units && units > 0;
  }

  boolean whole() {
    return done() && failed == 0;
  }

  /** Lines that were outvoted so far. */
  long rejected() {
    return rejected;
  }

  /** Part of all units that have ended, in percent. */
  long percent() {
    return 100 * ended / Math.max(1, units);
  }

  Set<Integer> exponents() {
    return exponents;
  }

  Coverage coverage() {
    return coverage;
  }

  /** The genome as bars, and how far everything is. */
  String line() {
    return "▕" + coverage.bars(BARS, top) + "▏ " + ended + " of " + units + " units agreed";
  }

  /** Exponents as the numbers they stand for. */
  static String primes(List<Integer> exponents) {
    return exponents.stream().map(e -> "2^" + e + "-1").collect(Collectors.joining(", "));
  }
}
