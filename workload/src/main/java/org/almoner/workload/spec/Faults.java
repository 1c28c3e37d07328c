package org.almoner.workload.spec;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that keeps a workload file from being used, in reading order. */
public final class Faults extends Exception {
  private final List<Fault> faults;

  /**
   * Sorts {@code faults} by position.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Faults(List<Fault> faults) {
    super(faults.stream().sorted().map(Fault::toString).collect(Collectors.joining("\n")));
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("a file without faults is not refused");
    }
    this.faults = faults.stream().sorted().toList();
  }

  /** At least one fault, in reading order. */
  public List<Fault> faults() {
    return faults;
  }
}
