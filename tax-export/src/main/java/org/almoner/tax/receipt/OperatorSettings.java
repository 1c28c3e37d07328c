package org.almoner.tax.receipt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator's settings that bear on what counts; a reader must see when they are not the
 * defaults.
 *
 * @param maturity time between a logged line and its settlement, not negative
 * @param openPeriod whether statements are issued for periods that have not closed
 */
public record OperatorSettings(Duration maturity, boolean openPeriod) {
  /** The donor's window to object: 14 days. */
  public static final Duration MATURITY_DEFAULT = Duration.ofDays(14);

  /** Fourteen days, closed years only. */
  public static final OperatorSettings DEFAULTS = new OperatorSettings(MATURITY_DEFAULT, false);

  public OperatorSettings {
    if (maturity.isNegative()) {
      throw new IllegalArgumentException("maturity is negative: " + maturity);
    }
  }

  /** The settings that differ from the defaults, as the configuration file writes them. */
  public List<String> deviations() {
    List<String> differ = new ArrayList<>();
    if (!maturity.equals(MATURITY_DEFAULT)) {
      differ.add("maturity: " + written(maturity));
    }
    if (openPeriod) {
      differ.add("period: open");
    }
    return differ;
  }

  private static String written(Duration duration) {
    long seconds = duration.toSeconds();
    if (!duration.equals(Duration.ofSeconds(seconds))) {
      return duration.toMillis() + "ms";
    }
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }
}
