package org.almoner.tax.meter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.almoner.tax.csv.CsvRow;
import org.almoner.tax.csv.CsvTable;
import org.almoner.tax.csv.MalformedCsv;
import org.almoner.tax.meter.PlugColumns.Kind;

/**
 * What was understood of a smart plug's export.
 *
 * <p>Nothing is made up: where a counter fell, where a figure is missing and where figures lie too
 * far apart there is no interval, and the energy of that time is left out.
 *
 * @param readings the intervals
 * @param understood which columns were read as what, one sentence
 * @param resets how often the counter fell
 * @param gaps how often the meter was silent
 * @param gapMs for how long altogether
 */
public record PlugExport(
    MeterReadings readings, String understood, int resets, int gaps, long gapMs) {
  /** Power is taken to last for an hour at most when no other figure follows. */
  public static final long POWER_MS_MAX = 3_600_000;

  private static final BigDecimal FIGURE_MAX = new BigDecimal("1e12");

  /** One figure; unavailable ones are none. */
  private record Point(int line, Instant at, List<BigDecimal> value) {}

  /**
   * Reads an export.
   *
   * @throws MalformedCsv naming line and column, or the option that would tell more
   */
  public static PlugExport read(byte[] octets, PlugQuestion asked) throws MalformedCsv {
    CsvTable table = CsvTable.parse(octets);
    PlugColumns columns = PlugColumns.find(table, asked);
    List<Point> points = points(table, columns, asked.entity());
    if (points.size() < 2) {
      throw new MalformedCsv(1, "has " + points.size() + " readings; at least two are needed");
    }
    Reader reader = new Reader(columns, table.header().get(columns.value()));
    for (int i = 1; i < points.size(); i++) {
      reader.between(points.get(i - 1), points.get(i));
    }
    if (columns.kind() == Kind.INTERVAL) {
      reader.last(points);
    }
    MeterReadings readings;
    try {
      readings = new MeterReadings(asked.computer(), reader.intervals);
    } catch (IllegalArgumentException e) {
      throw new MalformedCsv(1, String.valueOf(e.getMessage()));
    }
    return new PlugExport(
        readings,
        sentence(table, columns, points.size()),
        reader.resets,
        reader.gaps,
        reader.gapMs);
  }

  private static String sentence(CsvTable table, PlugColumns columns, int count) {
    return count
        + " readings; column "
        + table.header().get(columns.time())
        + " as times"
        + (columns.zone().isEmpty() ? "" : " (" + columns.zone().get(0) + " where none is said)")
        + ", column "
        + table.header().get(columns.value())
        + " as "
        + columns.kind().word()
        + " in "
        + columns.unit().word();
  }

  private static List<Point> points(CsvTable table, PlugColumns columns, String entity)
      throws MalformedCsv {
    List<CsvRow> rows = new ArrayList<>(entity(table, entity));
    if (newestFirst(rows, columns)) {
      Collections.reverse(rows);
    }
    ReadingTimes times = new ReadingTimes(columns.zone());
    String name = table.header().get(columns.time());
    List<Point> points = new ArrayList<>(rows.size());
    for (CsvRow row : rows) {
      Instant at;
      try {
        at = times.read(row.cell(columns.time()));
      } catch (IllegalArgumentException e) {
        throw new MalformedCsv(row.line(), name, String.valueOf(e.getMessage()));
      }
      Point point = new Point(row.line(), at, value(table, columns, row));
      if (!points.isEmpty()) {
        Point before = points.get(points.size() - 1);
        if (at.isBefore(before.at())) {
          throw new MalformedCsv(row.line(), name, at + " lies before " + before.at());
        }
        if (at.equals(before.at())) {
          if (!point.value().equals(before.value())) {
            throw new MalformedCsv(row.line(), name, "two different figures stand at " + at);
          }
          continue;
        }
      }
      points.add(point);
    }
    return points;
  }

  /** The rows of one sensor, where the file has several. */
  private static List<CsvRow> entity(CsvTable table, String wanted) throws MalformedCsv {
    OptionalInt column = table.find("entity_id");
    if (column.isEmpty()) {
      if (!wanted.isEmpty()) {
        throw new MalformedCsv(1, "there is no column entity_id, so --entity has no meaning");
      }
      return table.rows();
    }
    TreeSet<String> names = new TreeSet<>();
    table.rows().forEach(row -> names.add(row.cell(column.getAsInt())));
    if (wanted.isEmpty() ? names.size() > 1 : !names.contains(wanted)) {
      throw new MalformedCsv(
          1, "entity_id", "say which sensor with --entity, of " + String.join(", ", names));
    }
    return table.rows().stream()
        .filter(row -> wanted.isEmpty() || row.cell(column.getAsInt()).equals(wanted))
        .toList();
  }

  /** Some exports begin with the newest line. */
  private static boolean newestFirst(List<CsvRow> rows, PlugColumns columns) {
    if (rows.size() < 2) {
      return false;
    }
    try {
      // Each alone: in the order of the file a time may not be told from the one before it.
      Instant first = new ReadingTimes(columns.zone()).read(rows.get(0).cell(columns.time()));
      Instant last =
          new ReadingTimes(columns.zone()).read(rows.get(rows.size() - 1).cell(columns.time()));
      return last.isBefore(first);
    } catch (IllegalArgumentException e) {
      return false; // told with its line when it is read
    }
  }

  private static List<BigDecimal> value(CsvTable table, PlugColumns columns, CsvRow row)
      throws MalformedCsv {
    String cell = row.cell(columns.value());
    String text = table.separator() == ',' ? cell : cell.replace(',', '.');
    switch (text.toLowerCase(Locale.ROOT)) {
      case "", "unavailable", "unknown", "none", "null", "nan" -> {
        return List.of();
      }
      default -> {
        if (!text.matches("-?[0-9]{1,12}(\\.[0-9]{1,18})?")) {
          throw new MalformedCsv(
              row.line(),
              table.header().get(columns.value()),
              "expected a figure such as 41.5, got \"" + cell + "\"");
        }
        BigDecimal value = new BigDecimal(text);
        if (value.signum() < 0 || value.compareTo(FIGURE_MAX) > 0) {
          throw new MalformedCsv(
              row.line(),
              table.header().get(columns.value()),
              cell + " is no reading of a plug that a computer draws from");
        }
        return List.of(value);
      }
    }
  }

  /** Makes intervals of figures that stand next to each other. */
  private static final class Reader {
    private final PlugColumns columns;
    private final String name;
    private final List<MeterInterval> intervals = new ArrayList<>();
    private int resets;
    private int gaps;
    private long gapMs;

    Reader(PlugColumns columns, String name) {
      this.columns = columns;
      this.name = name;
    }

    void between(Point first, Point second) throws MalformedCsv {
      long from = first.at().toEpochMilli();
      long to = second.at().toEpochMilli();
      long most = columns.kind() == Kind.POWER ? POWER_MS_MAX : MeterInterval.MS_MAX;
      boolean silent =
          first.value().isEmpty()
              || (columns.kind() == Kind.COUNTER && second.value().isEmpty())
              || to - from > most;
      if (from == to) {
        return;
      }
      if (silent) {
        gaps++;
        gapMs += to - from;
        return;
      }
      BigDecimal figure = first.value().get(0);
      if (columns.kind() == Kind.COUNTER) {
        figure = second.value().get(0).subtract(figure);
        if (figure.signum() < 0) {
          resets++;
          return;
        }
      }
      add(columns.kind() == Kind.POWER ? first.line() : second.line(), from, to, figure);
    }

    /** The last figure of an export of intervals lasts as long as the one before it. */
    void last(List<Point> points) throws MalformedCsv {
      Point last = points.get(points.size() - 1);
      Point before = points.get(points.size() - 2);
      long from = last.at().toEpochMilli();
      long ms = from - before.at().toEpochMilli();
      if (!last.value().isEmpty() && ms > 0 && ms <= MeterInterval.MS_MAX) {
        add(last.line(), from, from + ms, last.value().get(0));
      }
    }

    private void add(int line, long from, long to, BigDecimal figure) throws MalformedCsv {
      BigDecimal factor = BigDecimal.valueOf(columns.unit().millijoules());
      BigDecimal energy = figure.multiply(factor);
      if (columns.kind() == Kind.POWER) {
        energy = energy.multiply(BigDecimal.valueOf(to - from));
      }
      try {
        intervals.add(
            new MeterInterval(from, to, energy.setScale(0, RoundingMode.DOWN).longValueExact()));
      } catch (ArithmeticException | IllegalArgumentException e) {
        throw new MalformedCsv(line, name, String.valueOf(e.getMessage()));
      }
    }
  }
}
