package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.almoner.protocol.usage.Energy;

/**
 * A month, or the part of it that one bill covers.
 *
 * @param from first day of it in the period
 * @param to last day
 * @param computerMs time in which computers ran units; 0 where it is not known
 * @param wattHours energy above idle by tier, each rounded down to a whole watt-hour
 * @param bill the price
 * @param amount {@link #kwh} times the bill's price, rounded half up to the currency's decimals
 */
public record WorksheetRow(
    LocalDate from,
    LocalDate to,
    long computerMs,
    Map<Energy.Tier, Long> wattHours,
    Bill bill,
    BigDecimal amount) {
  /** Decimals of a kilowatt-hour: whole watt-hours. */
  public static final int KWH_DECIMALS = 3;

  public WorksheetRow {
    EnumMap<Energy.Tier, Long> ordered = new EnumMap<>(Energy.Tier.class);
    ordered.putAll(wattHours);
    wattHours = Collections.unmodifiableMap(ordered);
  }

  static WorksheetRow of(
      LocalDate from,
      LocalDate to,
      long computerMs,
      Map<Energy.Tier, Long> wattHours,
      Bill bill,
      int decimals) {
    BigDecimal kwh =
        kwh(wattHours.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact));
    BigDecimal amount = kwh.multiply(bill.price()).setScale(decimals, RoundingMode.HALF_UP);
    return new WorksheetRow(from, to, computerMs, wattHours, bill, amount);
  }

  /** Energy of all tiers together. */
  public BigDecimal kwh() {
    return kwh(wattHours.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact));
  }

  /** Energy of one tier; 0 without any. */
  public BigDecimal kwh(Energy.Tier tier) {
    return kwh(wattHours.getOrDefault(tier, 0L));
  }

  static BigDecimal kwh(long wattHours) {
    return BigDecimal.valueOf(wattHours, KWH_DECIMALS);
  }
}
