package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.csv.MalformedCsv;
import org.almoner.tax.meter.MeterInterval;
import org.almoner.tax.meter.MeterReadings;

/** Units, bills and answers to reckon with. */
public final class Sheets {
  public static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  public static final LocalDate LAST = LocalDate.of(2026, 12, 31);
  public static final LocalDate DRAWN_UP = LocalDate.of(2027, 2, 3);
  public static final String COMPUTER = "a".repeat(64);
  static final List<String> GOOD =
      List.of(
          "computers: own",
          "bill: me",
          "place: home",
          "reimbursed: no",
          "deducted: no",
          "solar: no",
          "own-use: no",
          "otherwise: off");

  private Sheets() {}

  static Answers answers(String... changed) throws WorksheetRefused {
    List<String> lines = new ArrayList<>(GOOD);
    for (String change : changed) {
      String key = change.substring(0, change.indexOf(':') + 1);
      lines.replaceAll(line -> line.startsWith(key) ? change : line);
    }
    return Answers.parse(lines);
  }

  static Tariff tariff(String... rows) throws MalformedCsv {
    String text = "from,to,price_per_kwh,currency,bill,basis\n" + String.join("\n", rows);
    return Tariff.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  static Tariff year() throws MalformedCsv {
    return tariff("2026-01-01,2026-12-31,0.25,EUR,b01,bill");
  }

  /** A unit that ran without a pause. */
  static Ran ran(String from, long minutes, long joules, Energy.Tier... tier) {
    long start = Instant.parse(from).toEpochMilli();
    long ms = minutes * 60_000;
    List<Energy> energy = Arrays.stream(tier).map(each -> new Energy(joules, each)).toList();
    return new Ran(COMPUTER, start, start + ms, ms, energy);
  }

  static MeterInterval interval(String from, long minutes, long wattHours) {
    long start = Instant.parse(from).toEpochMilli();
    return new MeterInterval(
        start, start + minutes * 60_000, wattHours * MeterInterval.MILLIJOULES_PER_WH);
  }

  static Worksheet reckon(List<Ran> ran, Tariff tariff, Answers answers) throws WorksheetRefused {
    Contribution given = Contribution.of(ran, FIRST, LAST);
    return Worksheet.reckon(new Reckoning(given, List.of()), Metering.NONE, tariff, answers);
  }

  static Worksheet metered(List<Ran> ran, String idle, Answers answers, MeterInterval... read)
      throws Exception {
    Contribution given = Contribution.of(ran, FIRST, LAST);
    List<MeterReadings> meters = List.of(new MeterReadings("", List.of(read)));
    return Worksheet.reckon(
        new Reckoning(given, meters), new Metering(meters, new BigDecimal(idle)), year(), answers);
  }

  /** A year as most have it: each month some hours by hardware counters, prices of twelve bills. */
  public static Worksheet common() throws Exception {
    return months("2026-%02d-01,2026-%02d-%02d,%s,USD,b%02d,bill", Energy.Tier.M2, "no");
  }

  /** The same with everything that makes it an estimate. */
  public static Worksheet estimate() throws Exception {
    Worksheet metered =
        metered(
            List.of(
                ran("2026-03-01T00:00:00Z", 60, 0),
                ran("2026-03-02T00:00:00Z", 60, 180_000, Energy.Tier.M3),
                ran("2026-04-02T00:00:00Z", 60, 90_000, Energy.Tier.M4),
                ran("2026-04-03T00:00:00Z", 60, 0)),
            "41.5",
            answers("own-use: yes"),
            interval("2026-03-01T00:00:00Z", 60, 141));
    return metered;
  }

  private static Worksheet months(String bill, Energy.Tier tier, String ownUse) throws Exception {
    List<Ran> ran = new ArrayList<>();
    List<String> bills = new ArrayList<>();
    for (int month = 1; month <= 12; month++) {
      String price = month < 5 ? "0.1650" : month < 10 ? "0.1725" : "0.1780";
      int days = LocalDate.of(2026, month, 1).lengthOfMonth();
      bills.add(String.format(bill, month, month, days, price, month));
      for (int day = 1; day <= days; day += 2) {
        String at = String.format("2026-%02d-%02dT08:00:00Z", month, day);
        ran.add(ran(at, 300 + 11 * day, 2_500_000 + 40_000L * month, tier));
      }
    }
    return reckon(ran, tariff(bills.toArray(String[]::new)), answers("own-use: " + ownUse));
  }

  public static WorksheetText text(Worksheet sheet, String language) {
    return new WorksheetText(sheet, WorksheetWords.of(language), "Jane Q. Donor", DRAWN_UP);
  }
}
