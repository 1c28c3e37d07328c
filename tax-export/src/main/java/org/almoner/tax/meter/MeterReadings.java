package org.almoner.tax.meter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.tax.csv.CsvRow;
import org.almoner.tax.csv.CsvTable;
import org.almoner.tax.csv.CsvText;
import org.almoner.tax.csv.MalformedCsv;

/**
 * What one meter read, as intervals in order that do not overlap; between them it read nothing.
 *
 * <p>The file is specified in docs/spec/readings.md.
 *
 * @param computer the computer behind the meter, the first 8 to 64 digits of its identifier, or
 *     empty when the donor has one computer
 */
public record MeterReadings(String computer, List<MeterInterval> intervals) {
  private static final List<String> HEADER = List.of("from", "to", "wh", "computer");

  /** Decimals of a watt-hour that the file keeps: its millijoules. */
  private static final int DECIMALS = 7;

  /**
   * @throws IllegalArgumentException naming what is out of order
   */
  public MeterReadings {
    intervals = List.copyOf(intervals);
    if (!computer.matches("|[0-9a-f]{8,64}")) {
      throw new IllegalArgumentException(
          "a computer is named by the first 8 to 64 hexadecimal digits of its identifier, got "
              + computer);
    }
    long last = Long.MIN_VALUE;
    for (MeterInterval interval : intervals) {
      if (interval.fromMs() < last) {
        throw new IllegalArgumentException(
            "the interval from "
                + Instant.ofEpochMilli(interval.fromMs())
                + " begins before the one above it ends");
      }
      last = interval.toMs();
    }
  }

  /** The file that {@link #parse} reads. */
  public byte[] octets() {
    CsvText text = new CsvText().line(HEADER);
    for (MeterInterval interval : intervals) {
      BigDecimal wh =
          new BigDecimal(interval.millijoules())
              .divide(
                  new BigDecimal(MeterInterval.MILLIJOULES_PER_WH),
                  DECIMALS,
                  java.math.RoundingMode.HALF_UP)
              .stripTrailingZeros();
      text.line(
          List.of(
              Instant.ofEpochMilli(interval.fromMs()).toString(),
              Instant.ofEpochMilli(interval.toMs()).toString(),
              wh.toPlainString(),
              computer));
    }
    return text.octets();
  }

  /**
   * Reads a file of readings, of one computer or of several.
   *
   * @return one for each computer, in the order in which the file names them
   * @throws MalformedCsv naming line and column
   */
  public static List<MeterReadings> parse(byte[] octets) throws MalformedCsv {
    CsvTable table = CsvTable.parse(octets);
    if (!table.header().equals(HEADER)) {
      throw new MalformedCsv(
          1,
          "expected the columns "
              + String.join(",", HEADER)
              + ", found "
              + String.join(",", table.header())
              + "; 'almoner meter import' makes such a file from what a plug exports");
    }
    Map<String, List<MeterInterval>> computers = new LinkedHashMap<>();
    for (CsvRow row : table.rows()) {
      List<MeterInterval> before =
          computers.computeIfAbsent(row.cell(3), computer -> new ArrayList<>());
      before.add(interval(row));
      int last = before.size() - 1;
      if (last > 0 && before.get(last).fromMs() < before.get(last - 1).toMs()) {
        throw new MalformedCsv(row.line(), "from", "begins before the interval above it ends");
      }
    }
    List<MeterReadings> readings = new ArrayList<>();
    try {
      computers.forEach(
          (computer, intervals) -> readings.add(new MeterReadings(computer, intervals)));
    } catch (IllegalArgumentException e) {
      throw new MalformedCsv(2, "computer", String.valueOf(e.getMessage()));
    }
    return readings;
  }

  private static MeterInterval interval(CsvRow row) throws MalformedCsv {
    long from = instant(row, 0);
    long to = instant(row, 1);
    String wh = row.cell(2);
    if (!wh.matches("[0-9]{1,7}(\\.[0-9]{1,7})?")) {
      throw new MalformedCsv(
          row.line(), "wh", "expected watt-hours such as 41.5, got \"" + wh + "\"");
    }
    try {
      long millijoules =
          new BigDecimal(wh)
              .multiply(new BigDecimal(MeterInterval.MILLIJOULES_PER_WH))
              .setScale(0, java.math.RoundingMode.HALF_UP)
              .longValueExact();
      return new MeterInterval(from, to, millijoules);
    } catch (IllegalArgumentException e) {
      throw new MalformedCsv(row.line(), String.valueOf(e.getMessage()));
    }
  }

  private static long instant(CsvRow row, int column) throws MalformedCsv {
    String text = row.cell(column);
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new MalformedCsv(
          row.line(),
          HEADER.get(column),
          "expected a time in UTC such as 2026-03-01T00:00:00Z, got \"" + text + "\"");
    }
  }
}
