package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.csv.CsvText;
import org.almoner.tax.meter.MeterInterval;

/**
 * What the electricity of donated computing cost its donor, month by month.
 *
 * @param from first day, UTC
 * @param to last day, UTC
 * @param rows in order of their days; none without energy or hours
 * @param currency ISO 4217 code
 * @param decimals of its amounts
 * @param hoursKnown whether the times are known at which computers ran
 * @param idleWatts idle level below which a meter's energy does not count; 0 without a meter
 * @param meteredMs milliseconds in which units ran while a meter read; 0 without a meter
 * @param units how many units counted; 0 where they are not known
 * @param unread how many of them came without any figure of energy
 * @param otherwiseOn whether the computers would have been on anyway, as the donor says
 * @param estimates why it is an estimate; empty when it is none
 * @param source SHA-256 of the file it was read from
 */
public record Worksheet(
    LocalDate from,
    LocalDate to,
    List<WorksheetRow> rows,
    String currency,
    int decimals,
    boolean hoursKnown,
    BigDecimal idleWatts,
    long meteredMs,
    long units,
    long unread,
    boolean otherwiseOn,
    Set<Estimate> estimates,
    Hash source) {
  /** Longest period, in days. */
  public static final int DAYS_MAX = 731;

  private static final BigDecimal MS_PER_HOUR = BigDecimal.valueOf(3_600_000);
  private static final List<String> CSV_COLUMNS =
      List.of(
          "from",
          "to",
          "computer_hours",
          "kwh_m1",
          "kwh_m2",
          "kwh_m3",
          "kwh_m4",
          "kwh",
          "price_per_kwh",
          "currency",
          "bill",
          "basis",
          "amount");
  private static final int MISSING_SHOWN = 3;

  public Worksheet {
    rows = List.copyOf(rows);
    estimates = Set.copyOf(estimates);
  }

  /**
   * Reckons the worksheet.
   *
   * @throws WorksheetRefused when a bill is missing, a month has two prices and its days are not
   *     known, or a figure cannot be
   */
  public static Worksheet reckon(
      Reckoning reckoning, Metering metering, Tariff tariff, Answers answers)
      throws WorksheetRefused {
    Contribution given = reckoning.contribution();
    DayBook book = reckoning.days(metering.idleMilliwatts());
    List<WorksheetRow> rows = rows(given, book, tariff);
    requirePossible(rows, given);
    long unread = reckoning.unread();
    return new Worksheet(
        given.from(),
        given.to(),
        rows,
        tariff.currency(),
        tariff.decimals(),
        given.unitsKnown(),
        metering.idleWatts(),
        reckoning.meteredMs(),
        given.ran().size(),
        unread,
        answers.otherwiseOn(),
        estimates(rows, answers),
        given.source());
  }

  /** Sum of the amounts, each as printed. */
  public BigDecimal amount() {
    return rows.stream().map(WorksheetRow::amount).reduce(money(), BigDecimal::add);
  }

  private BigDecimal money() {
    return BigDecimal.ZERO.setScale(decimals);
  }

  /** Sum of the energy, each row as printed. */
  public BigDecimal kwh() {
    return rows.stream().map(WorksheetRow::kwh).reduce(WorksheetRow.kwh(0), BigDecimal::add);
  }

  /** Sum of the energy of one tier. */
  public BigDecimal kwh(Energy.Tier tier) {
    return rows.stream().map(row -> row.kwh(tier)).reduce(WorksheetRow.kwh(0), BigDecimal::add);
  }

  /** Sum of the time in which computers ran units. */
  public long computerMs() {
    return rows.stream().mapToLong(WorksheetRow::computerMs).reduce(0, Math::addExact);
  }

  /** Tiers of which there is any energy, best first. */
  public List<Energy.Tier> tiers() {
    return Reckoning.tiers().stream().filter(tier -> kwh(tier).signum() > 0).toList();
  }

  /** The rows as a table for a spreadsheet; figures as printed, hours to the third decimal. */
  public byte[] csv() {
    CsvText text = new CsvText().line(CSV_COLUMNS);
    for (WorksheetRow row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(row.from().toString());
      cells.add(row.to().toString());
      cells.add(
          hoursKnown
              ? BigDecimal.valueOf(row.computerMs())
                  .divide(MS_PER_HOUR, 3, RoundingMode.DOWN)
                  .toPlainString()
              : "");
      Reckoning.tiers().forEach(tier -> cells.add(row.kwh(tier).toPlainString()));
      cells.add(row.kwh().toPlainString());
      cells.add(row.bill().price().toPlainString());
      cells.add(currency);
      cells.add(row.bill().name());
      cells.add(row.bill().table() ? "table" : "bill");
      cells.add(row.amount().toPlainString());
      text.line(cells);
    }
    return text.octets();
  }

  private static Set<Estimate> estimates(List<WorksheetRow> rows, Answers answers) {
    Set<Estimate> found = EnumSet.noneOf(Estimate.class);
    for (WorksheetRow row : rows) {
      for (Map.Entry<Energy.Tier, Long> energy : row.wattHours().entrySet()) {
        switch (energy.getKey()) {
          case M1 -> {
            if (answers.ownUse()) {
              found.add(Estimate.OWN_USE);
            }
          }
          case M2 -> {}
          case M3 -> found.add(Estimate.MODEL);
          case M4 -> found.add(Estimate.RATED);
        }
      }
      if (row.bill().table()) {
        found.add(Estimate.TABLE_PRICE);
      }
    }
    return found;
  }

  /** Sums of what one bill covers of one month. */
  private static final class Part {
    private long computerMs;
    private final Map<Energy.Tier, Long> millijoules = new EnumMap<>(Energy.Tier.class);

    void add(DayBook.Day day) {
      computerMs = Math.addExact(computerMs, day.computerMs());
      day.millijoules().forEach((tier, mj) -> millijoules.merge(tier, mj, Math::addExact));
    }
  }

  private record Place(YearMonth month, Bill bill) {}

  private static List<WorksheetRow> rows(Contribution given, DayBook book, Tariff tariff)
      throws WorksheetRefused {
    Map<Place, Part> parts = new LinkedHashMap<>();
    List<LocalDate> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<LocalDate, DayBook.Day> day : book.days().entrySet()) {
      List<Bill> bills = tariff.on(day.getKey()).map(List::of).orElse(List.of());
      if (bills.isEmpty()) {
        missing.add(day.getKey());
        continue;
      }
      Place place = new Place(YearMonth.from(day.getKey()), bills.get(0));
      if (!given.unitsKnown() && !wholeMonth(place, given)) {
        wrong.add(
            "the price changes within "
                + place.month()
                + ", and the document does not tell which day's energy is which; give the evidence"
                + " file");
      }
      parts.computeIfAbsent(place, each -> new Part()).add(day.getValue());
    }
    if (!missing.isEmpty()) {
      wrong.add(
          "no bill covers "
              + String.join(
                  ", ", missing.stream().limit(MISSING_SHOWN).map(LocalDate::toString).toList())
              + (missing.size() > MISSING_SHOWN
                  ? " and " + (missing.size() - MISSING_SHOWN) + " days more"
                  : "")
              + "; add the price you paid then");
    }
    if (!wrong.isEmpty()) {
      throw new WorksheetRefused(wrong);
    }
    List<WorksheetRow> rows = new ArrayList<>();
    parts.forEach((place, part) -> rows.add(row(place, part, given, tariff.decimals())));
    return rows;
  }

  private static boolean wholeMonth(Place place, Contribution given) {
    LocalDate first = later(place.month().atDay(1), given.from());
    LocalDate last = earlier(place.month().atEndOfMonth(), given.to());
    return place.bill().covers(first) && place.bill().covers(last);
  }

  private static WorksheetRow row(Place place, Part part, Contribution given, int decimals) {
    Map<Energy.Tier, Long> wattHours = new EnumMap<>(Energy.Tier.class);
    part.millijoules.forEach(
        (tier, mj) -> wattHours.put(tier, mj / MeterInterval.MILLIJOULES_PER_WH));
    LocalDate first = later(place.month().atDay(1), given.from());
    LocalDate last = earlier(place.month().atEndOfMonth(), given.to());
    return WorksheetRow.of(
        later(first, place.bill().from()),
        earlier(last, place.bill().to()),
        part.computerMs,
        wattHours,
        place.bill(),
        decimals);
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  /**
   * T19: no computer at a plug takes more than the plug carries. Looked at over the whole period: a
   * unit's energy counts on the day of its end, its hours when they were.
   */
  private static void requirePossible(List<WorksheetRow> rows, Contribution given)
      throws WorksheetRefused {
    long ms = rows.stream().mapToLong(WorksheetRow::computerMs).reduce(0, Math::addExact);
    BigDecimal kwh =
        rows.stream().map(WorksheetRow::kwh).reduce(WorksheetRow.kwh(0), BigDecimal::add);
    // Watts times seconds over seconds in an hour; one more for a second cut off.
    long most = ms / 1_000 * MeterInterval.WATTS_MAX / 3_600 + 1;
    long wattHours = kwh.movePointRight(WorksheetRow.KWH_DECIMALS).longValueExact();
    if (given.unitsKnown() && wattHours > most) {
      throw WorksheetRefused.of(
          List.of(
              new Objection(
                  Demand.T19,
                  kwh.toPlainString()
                      + " kWh from "
                      + given.from()
                      + " to "
                      + given.to()
                      + " in "
                      + ms / 3_600_000
                      + " hours")));
    }
  }
}
