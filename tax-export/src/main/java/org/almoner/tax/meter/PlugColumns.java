package org.almoner.tax.meter;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.almoner.tax.csv.CsvTable;
import org.almoner.tax.csv.MalformedCsv;

/**
 * Which columns of an export are read, and as what.
 *
 * @param time place of the time
 * @param value place of the figure
 * @param kind what the figure is
 * @param unit in what
 * @param zone none or one: of times that name none
 */
record PlugColumns(int time, int value, Kind kind, Unit unit, List<ZoneId> zone) {
  /** What a figure says. */
  enum Kind {
    /** A counter: energy is the difference to the figure before it. */
    COUNTER("counter"),
    /** Power, which lasts until the next figure. */
    POWER("power"),
    /** The energy of the interval that begins at the time beside it. */
    INTERVAL("interval");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** In what a figure is. */
  enum Unit {
    KWH("kWh", 3_600_000_000L),
    WH("Wh", 3_600_000L),
    W("W", 1);

    private final String word;
    private final long millijoules;

    Unit(String word, long millijoules) {
      this.word = word;
      this.millijoules = millijoules;
    }

    String word() {
      return word;
    }

    /** Millijoules in one; of a watt those of a millisecond. */
    long millijoules() {
      return millijoules;
    }
  }

  /** A name that is known, with what it means; a unit that the file does not tell is asked for. */
  private record Known(String name, Kind kind, List<Unit> unit) {}

  /**
   * Exact names of Shelly, Tasmota and Home Assistant first. Counters come before power: what a
   * meter added up itself is better than what is added up here.
   */
  private static final List<Known> VALUES =
      List.of(
          new Known("energy.total", Kind.COUNTER, List.of(Unit.KWH)),
          new Known("total_kwh", Kind.COUNTER, List.of(Unit.KWH)),
          new Known("counter_kwh", Kind.COUNTER, List.of(Unit.KWH)),
          new Known("counter_wh", Kind.COUNTER, List.of(Unit.WH)),
          new Known("aenergy.total", Kind.COUNTER, List.of(Unit.WH)),
          new Known("total_act_energy", Kind.INTERVAL, List.of(Unit.WH)),
          new Known("active energy wh", Kind.INTERVAL, List.of(Unit.WH)),
          new Known("active energy wh (a)", Kind.INTERVAL, List.of(Unit.WH)),
          new Known("consumption_kwh", Kind.INTERVAL, List.of(Unit.KWH)),
          new Known("consumption_wh", Kind.INTERVAL, List.of(Unit.WH)),
          new Known("energy.power", Kind.POWER, List.of(Unit.W)),
          new Known("apower", Kind.POWER, List.of(Unit.W)),
          new Known("power_w", Kind.POWER, List.of(Unit.W)),
          new Known("power", Kind.POWER, List.of(Unit.W)),
          new Known("state", Kind.COUNTER, List.of()));

  private static final List<String> TIMES =
      List.of("last_changed", "timestamp", "ts", "time", "date/time utc", "datetime", "date");

  /**
   * Finds the columns: those asked for, else those whose names are known.
   *
   * @throws MalformedCsv saying which option would tell
   */
  static PlugColumns find(CsvTable table, PlugQuestion asked) throws MalformedCsv {
    int time = time(table, asked.timeColumn());
    List<Known> values = values(table, asked);
    Known value = values.get(0);
    Kind kind = asked.kind().isEmpty() ? value.kind() : kind(asked.kind());
    List<Unit> units = asked.unit().isEmpty() ? value.unit() : List.of(unit(asked.unit()));
    if (units.isEmpty() && kind == Kind.POWER) {
      units = List.of(Unit.W);
    }
    if (units.isEmpty()) {
      throw new MalformedCsv(
          1, value.name(), "does not tell its unit; add --unit kWh, --unit Wh or --unit W");
    }
    Unit unit = units.get(0);
    if (asked.kind().isEmpty() && unit == Unit.W) {
      kind = Kind.POWER;
    }
    if ((unit == Unit.W) != (kind == Kind.POWER)) {
      throw new MalformedCsv(
          1, value.name(), "is read as " + kind.word() + ", which is not in " + unit.word());
    }
    List<ZoneId> zone = new ArrayList<>(asked.zone());
    if (zone.isEmpty() && table.header().get(time).toLowerCase(Locale.ROOT).endsWith(" utc")) {
      zone.add(java.time.ZoneOffset.UTC);
    }
    return new PlugColumns(
        time, table.find(value.name()).orElseThrow(), kind, unit, List.copyOf(zone));
  }

  private static int time(CsvTable table, String asked) throws MalformedCsv {
    if (!asked.isEmpty()) {
      return column(table, asked);
    }
    for (String name : TIMES) {
      OptionalInt found = table.find(name);
      if (found.isPresent()) {
        return found.getAsInt();
      }
    }
    throw new MalformedCsv(
        1,
        "no column is known to hold times; say which with --time-column, of "
            + String.join(", ", table.header()));
  }

  private static List<Known> values(CsvTable table, PlugQuestion asked) throws MalformedCsv {
    if (!asked.valueColumn().isEmpty()) {
      String name = table.header().get(column(table, asked.valueColumn()));
      for (Known known : VALUES) {
        if (known.name().equalsIgnoreCase(name)) {
          return List.of(known);
        }
      }
      return List.of(new Known(name, Kind.COUNTER, List.of()));
    }
    for (Known known : VALUES) {
      if (table.find(known.name()).isPresent()) {
        return List.of(known);
      }
    }
    throw new MalformedCsv(
        1,
        "no column is known to hold readings; say which with --value-column, --kind and --unit, of "
            + String.join(", ", table.header()));
  }

  private static int column(CsvTable table, String name) throws MalformedCsv {
    OptionalInt found = table.find(name);
    if (found.isEmpty()) {
      throw new MalformedCsv(
          1, "there is no column " + name + "; there are " + String.join(", ", table.header()));
    }
    return found.getAsInt();
  }

  private static Kind kind(String word) throws MalformedCsv {
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new MalformedCsv(1, "a kind is counter, power or interval, got " + word);
  }

  private static Unit unit(String word) throws MalformedCsv {
    for (Unit unit : Unit.values()) {
      if (unit.word().equalsIgnoreCase(word)) {
        return unit;
      }
    }
    throw new MalformedCsv(1, "a unit is kWh, Wh or W, got " + word);
  }
}
