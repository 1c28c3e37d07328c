package org.almoner.tax.specimen;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.tally.Exclusion;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.Quantities;
import org.almoner.ledger.tally.ReleaseTotal;
import org.almoner.ledger.tally.Tally;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.TestVector;
import org.almoner.tax.jurisdiction.Wording;
import org.almoner.tax.receipt.Addressee;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.LogEvidence;
import org.almoner.tax.receipt.OperatorSettings;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.receipt.StatementPage;

/**
 * A document about a donor and a charity that do not exist, for a year of the profile's own; marked
 * as a specimen, without a number and without a place in any log.
 */
public final class Specimen {
  private static final long HOUR_MS = 3_600_000;
  private static final long JOULES_PER_CORE_HOUR = 18_000;
  private static final int MONTHS = 12;
  private static final int ISSUED_AFTER_DAYS = 18;
  private static final String REPLACED = "SPECIMEN-0000-000001";
  private static final Charity CHARITY =
      new Charity(
          "Sample Charity (made up)",
          List.of("1 Example Street", "00000 Nowhere"),
          "nobody@charity.example",
          "");
  private static final Addressee DONOR =
      new Addressee("Sam Sample (made up)", List.of("2 Example Road", "00000 Nowhere"));

  private Specimen() {}

  /** The page that {@code vector} describes, with the figures of a made-up year. */
  public static StatementPage page(Profile profile, TestVector vector) {
    Period period = period(profile);
    LocalDate issued = issued(profile, period);
    Tally tally = tally(period);
    Hash made = Hash.sha256(Hash.ZERO.toArray());
    return new StatementPage(
        CHARITY,
        DONOR,
        "",
        issued,
        period,
        "00000000000000000000000000000000",
        new Software("almoner", "specimen"),
        tally,
        vector.benefits().isEmpty()
            ? new Benefits.NoneRecorded()
            : new Benefits.Given(given(profile.wording(vector.language()), vector.benefits())),
        new OperatorSettings(OperatorSettings.MATURITY_DEFAULT, vector.openPeriod()),
        new LogEvidence("log.example/specimen", 0, 1, made, made, issued),
        PageMark.SPECIMEN,
        vector.replaces() ? REPLACED : "");
  }

  /** What was given, and its estimate where the vector writes one as a document would. */
  private static List<Benefits.Item> given(Wording wording, List<String> benefits) {
    return benefits.stream()
        .map(
            text -> {
              String before = wording.beforeEstimate();
              int at = wording.estimates() ? text.indexOf(before) : -1;
              return at < 0
                  ? new Benefits.Item(text, "")
                  : new Benefits.Item(text.substring(0, at), text.substring(at + before.length()));
            })
        .toList();
  }

  /** The year in which the profile comes into force; the one before where it ends too soon. */
  private static Period period(Profile profile) {
    int year = profile.effectiveFrom().getYear();
    LocalDate end = profile.fiscalYear().to(year);
    return profile.effectiveTo().isAfter(end) ? year(profile, year) : year(profile, year - 1);
  }

  private static Period year(Profile profile, int year) {
    return new Period(profile.fiscalYear().from(year), profile.fiscalYear().to(year));
  }

  private static LocalDate issued(Profile profile, Period period) {
    LocalDate day = period.to().plusDays(ISSUED_AFTER_DAYS);
    if (day.isBefore(profile.effectiveFrom())) {
      day = profile.effectiveFrom();
    }
    return day.isAfter(profile.effectiveTo()) ? profile.effectiveTo() : day;
  }

  private static Tally tally(Period period) {
    List<MonthTotal> months = new ArrayList<>();
    YearMonth first = YearMonth.from(period.from());
    for (int i = 0; i < MONTHS; i++) {
      long cpu = (1180 + 97 * ((i * 7) % 11)) * HOUR_MS + 431_000L * i;
      long joules = cpu / HOUR_MS * JOULES_PER_CORE_HOUR;
      Map<Energy.Tier, Long> energy = new EnumMap<>(Energy.Tier.class);
      energy.put(Energy.Tier.M2, joules);
      if (i % 3 == 0) {
        energy.put(Energy.Tier.M3, joules / 5);
      }
      months.add(
          new MonthTotal(
              first.plusMonths(i),
              new Quantities(
                  new CpuTime(cpu - cpu / 4 - cpu / 9, cpu / 4, cpu / 9),
                  (120 + 31 * ((i * 5) % 7)) * HOUR_MS,
                  cpu * 3482,
                  energy),
              340 + 11L * i,
              343 + 11L * i));
    }
    Quantities given =
        months.stream().map(MonthTotal::given).reduce(Quantities.NONE, Quantities::plus);
    long accepted = months.stream().mapToLong(MonthTotal::accepted).sum();
    long left = 3L * MONTHS;
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    excluded.put(Exclusion.NO_QUORUM, left - 2);
    excluded.put(Exclusion.FAILED, 2L);
    return new Tally(
        Hash.ZERO, months, List.of(new ReleaseTotal(Hash.ZERO, given, accepted)), excluded, 214, 2);
  }
}
