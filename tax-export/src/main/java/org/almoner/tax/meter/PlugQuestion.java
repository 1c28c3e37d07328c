package org.almoner.tax.meter;

import java.time.ZoneId;
import java.util.List;

/**
 * What its owner says of an export that its columns do not tell; an empty text leaves it to be
 * found.
 *
 * @param timeColumn name of the column with the times
 * @param valueColumn name of the column with the figures
 * @param kind {@code counter}, {@code power} or {@code interval}
 * @param unit {@code kWh}, {@code Wh} or {@code W}
 * @param entity which of several sensors in one file, by the column {@code entity_id}
 * @param zone none or one: the zone of times that name none
 * @param computer as in {@link MeterReadings#computer}
 */
public record PlugQuestion(
    String timeColumn,
    String valueColumn,
    String kind,
    String unit,
    String entity,
    List<ZoneId> zone,
    String computer) {
  /** Everything is to be found. */
  public static final PlugQuestion NONE = new PlugQuestion("", "", "", "", "", List.of(), "");

  public PlugQuestion {
    zone = List.copyOf(zone);
  }
}
