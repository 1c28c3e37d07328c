package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.util.List;
import org.almoner.tax.meter.MeterReadings;

/**
 * The meters at the donor's wall, and what the computers behind them take when idle.
 *
 * @param meters none when only the computers' own reports are used
 * @param idleWatts of each computer with a meter, when it is on and idle; 0 without meters
 */
public record Metering(List<MeterReadings> meters, BigDecimal idleWatts) {
  /** No meter. */
  public static final Metering NONE = new Metering(List.of(), BigDecimal.ZERO);

  /** Highest idle level that is believed, in watts. */
  public static final int IDLE_WATTS_MAX = 1_000;

  public Metering {
    meters = List.copyOf(meters);
    if (idleWatts.signum() < 0
        || idleWatts.compareTo(BigDecimal.valueOf(IDLE_WATTS_MAX)) > 0
        || idleWatts.stripTrailingZeros().scale() > 3) {
      throw new IllegalArgumentException(
          "an idle level has 0 to "
              + IDLE_WATTS_MAX
              + " W and at most three decimals, got "
              + idleWatts.toPlainString());
    }
  }

  long idleMilliwatts() {
    return idleWatts.movePointRight(3).longValueExact();
  }
}
