package org.almoner.tax.jurisdiction;

/** A kind of quantity a statement may show. */
public enum Measure {
  /** CPU time in milliseconds. */
  CPU_MS("CPU time"),
  /** GPU device time in milliseconds. */
  GPU_MS("GPU time"),
  /** Memory times time, in MiB milliseconds. */
  MEMORY_MIB_MS("memory"),
  /** Electrical energy in joules. */
  ENERGY_JOULES("energy"),
  /** Results that counted. */
  RESULTS_ACCEPTED("results accepted"),
  /** Results that came back. */
  RESULTS_RETURNED("results returned");

  private final String words;

  Measure(String words) {
    this.words = words;
  }

  /** The measure in words, for a refusal. */
  public String words() {
    return words;
  }

  /** Whether a figure says nothing without the method behind it: everything that is not counted. */
  boolean needsTier() {
    return this != RESULTS_ACCEPTED && this != RESULTS_RETURNED;
  }
}
