package org.almoner.tax.receipt;

import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
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

/** Statements to test with, all made up. */
public final class Sample {
  private static final long HOUR_MS = 3_600_000;

  public Charity charity =
      new Charity(
          "Open Estuary Computing Trust",
          List.of("14 Quay Lane", "Aberdovey LL35 0AA", "United Kingdom"),
          "statements@estuary.example",
          "Registered charity no. 0000000");
  public Addressee donor =
      new Addressee("Zofia Wójcik-Þórsdóttir", List.of("ul. Długa 7/3", "80-827 Gdańsk", "Poland"));
  public String number = "2026-000417";
  public LocalDate issued = LocalDate.of(2027, 1, 15);
  public Period period = Period.year(2026);
  public List<MonthTotal> months = months(YearMonth.of(2026, 1), 12);
  public Benefits benefits = new Benefits.NoneRecorded();
  public OperatorSettings settings = OperatorSettings.DEFAULTS;
  public PageMark mark = PageMark.NONE;
  public String replaces = "";

  /** {@code count} rows from {@code first} on, each different. */
  public static List<MonthTotal> months(YearMonth first, int count) {
    List<MonthTotal> months = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long cpu = (1180 + 97 * ((i * 7) % 11)) * HOUR_MS + 431_000L * i;
      Map<Energy.Tier, Long> joules =
          i % 4 == 3
              ? Map.of(Energy.Tier.M2, 88_000_000L + 7_000_000L * i)
              : Map.of(Energy.Tier.M2, 91_000_000L + 4_300_000L * i, Energy.Tier.M3, 31_000_000L);
      months.add(
          new MonthTotal(
              first.plusMonths(i),
              new Quantities(
                  new CpuTime(cpu - cpu / 4 - cpu / 9, cpu / 4, cpu / 9),
                  (120 + 31 * ((i * 5) % 7)) * HOUR_MS + 97_000L * i,
                  cpu * 3482,
                  joules),
              340 + 11L * i,
              343 + 11L * i));
    }
    return months;
  }

  /** The page as the fields now say. */
  public StatementPage page() {
    return new StatementPage(
        charity,
        donor,
        number,
        issued,
        period,
        "D-5f20c1e9a47b",
        new Software("Almoner agent", "0.1.0"),
        tally(months),
        benefits,
        settings,
        new LogEvidence(
            "log.estuary.example/2026",
            20_852_162,
            20_852_163,
            Hash.sha256(new byte[] {1}),
            Hash.sha256(new byte[] {2}),
            issued),
        mark,
        replaces);
  }

  /** The months as one release's lines, each on another day, by two computers. */
  public static Tally tally(List<MonthTotal> months) {
    Quantities given =
        months.stream().map(MonthTotal::given).reduce(Quantities.NONE, Quantities::plus);
    long accepted = months.stream().mapToLong(MonthTotal::accepted).sum();
    long returned = months.stream().mapToLong(MonthTotal::returned).sum();
    List<ReleaseTotal> releases =
        accepted == 0
            ? List.of()
            : List.of(new ReleaseTotal(Hash.sha256(new byte[] {7}), given, accepted));
    Map<Exclusion, Long> excluded =
        returned == accepted ? Map.of() : Map.of(Exclusion.NO_QUORUM, returned - accepted);
    return new Tally(
        Hash.sha256(new byte[] {2}),
        months,
        releases,
        excluded,
        Math.min(accepted, 214),
        Math.min(accepted, 2));
  }

  /** A first run: a few seconds on one computer, in a period that is still open. */
  public static Sample firstRun() {
    Sample sample = new Sample();
    sample.issued = LocalDate.of(2026, 11, 20);
    sample.period = new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 11, 20));
    sample.settings = new OperatorSettings(Duration.ZERO, true);
    sample.donor = new Addressee("Ada", List.of());
    sample.months =
        List.of(
            new MonthTotal(
                YearMonth.of(2026, 11),
                new Quantities(new CpuTime(4_310, 0, 0), 0, 4_310 * 64, Map.of()),
                18,
                18));
    return sample;
  }
}
