package org.almoner.tax.worksheet;

import static org.almoner.tax.worksheet.Sheets.answers;
import static org.almoner.tax.worksheet.Sheets.interval;
import static org.almoner.tax.worksheet.Sheets.metered;
import static org.almoner.tax.worksheet.Sheets.ran;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.meter.MeterInterval;
import org.almoner.tax.meter.MeterReadings;
import org.junit.jupiter.api.Test;

class MeteredComputerTests {
  @Test
  void onlyWhatLiesAboveTheIdleLevelCounts() throws Exception {
    Worksheet sheet =
        metered(
            List.of(ran("2026-03-01T00:00:00Z", 60, 1, Energy.Tier.M3)),
            "40",
            answers(),
            interval("2026-03-01T00:00:00Z", 60, 140));

    assertThat(sheet.kwh(Energy.Tier.M1)).isEqualByComparingTo("0.100");
    assertThat(sheet.tiers()).containsExactly(Energy.Tier.M1);
    assertThat(sheet.amount()).isEqualByComparingTo("0.03");
  }

  @Test
  void ofAnIntervalThePartCountsInWhichUnitsRan() throws Exception {
    Worksheet sheet =
        metered(
            List.of(ran("2026-03-01T00:15:00Z", 15, 0)),
            "40",
            answers(),
            interval("2026-03-01T00:00:00Z", 60, 140));

    assertThat(sheet.kwh()).isEqualByComparingTo("0.025");
  }

  @Test
  void severalUnitsAtATimeCountOnce() throws Exception {
    Worksheet sheet =
        metered(
            List.of(ran("2026-03-01T00:00:00Z", 60, 0), ran("2026-03-01T00:00:00Z", 60, 0)),
            "40",
            answers(),
            interval("2026-03-01T00:00:00Z", 60, 140));

    assertThat(sheet.kwh()).isEqualByComparingTo("0.100");
    assertThat(sheet.computerMs()).isEqualTo(3_600_000);
  }

  @Test
  void whereTheMeterReadNothingTheReportStandsInForThatPartAlone() throws Exception {
    Worksheet sheet =
        metered(
            List.of(ran("2026-03-01T00:00:00Z", 120, 720_000, Energy.Tier.M2)),
            "40",
            answers(),
            interval("2026-03-01T00:00:00Z", 60, 140));

    assertThat(sheet.kwh(Energy.Tier.M1)).isEqualByComparingTo("0.100");
    assertThat(sheet.kwh(Energy.Tier.M2)).isEqualByComparingTo("0.100");
  }

  @Test
  void aUnitThatWasHeldStillCountsForThePartInWhichItCouldRun() throws Exception {
    long start = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    Ran half = new Ran(Sheets.COMPUTER, start, start + 3_600_000, 1_800_000, List.of());

    Worksheet sheet =
        metered(List.of(half), "40", answers(), interval("2026-03-01T00:00:00Z", 60, 140));

    assertThat(sheet.kwh()).isEqualByComparingTo("0.050");
    assertThat(sheet.computerMs()).isEqualTo(1_800_000);
  }

  @Test
  void aMeterBelowTheIdleLevelTakesNothingAway() throws Exception {
    Worksheet sheet =
        metered(
            List.of(ran("2026-03-01T00:00:00Z", 120, 0)),
            "40",
            answers(),
            interval("2026-03-01T00:00:00Z", 60, 10),
            interval("2026-03-01T01:00:00Z", 60, 140));

    assertThat(sheet.kwh()).isEqualByComparingTo("0.100");
  }

  @Test
  void midnightDividesMonthsAndYears() throws Exception {
    Worksheet sheet =
        metered(
            List.of(ran("2026-02-28T23:00:00Z", 120, 0), ran("2025-12-31T23:00:00Z", 120, 0)),
            "0",
            answers(),
            interval("2025-12-31T23:00:00Z", 120, 200),
            interval("2026-02-28T23:00:00Z", 120, 200));

    assertThat(sheet.rows())
        .extracting(row -> row.from().getMonthValue() + ": " + row.kwh())
        .containsExactly("1: 0.100", "2: 0.100", "3: 0.100");
  }

  @Test
  void theHourBeforeThePeriodIsOfThePeriodBeforeAlsoWhereTheReadingsBeginLater() throws Exception {
    List<Ran> overnight = List.of(ran("2025-12-31T23:00:00Z", 120, 720_000, Energy.Tier.M2));
    MeterInterval after = interval("2026-01-01T00:00:00Z", 60, 100);

    Worksheet whole =
        metered(overnight, "0", answers(), interval("2025-12-31T23:00:00Z", 60, 100), after);
    Worksheet later = metered(overnight, "0", answers(), after);

    assertThat(whole.kwh()).isEqualByComparingTo("0.100");
    assertThat(whole.meteredMs()).isEqualTo(3_600_000);
    assertThat(later.kwh()).isEqualByComparingTo("0.100");
    assertThat(later.tiers()).containsExactly(Energy.Tier.M1);
  }

  @Test
  void oneIdleLevelIsNotTakenForTwoComputers() {
    Ran other = new Ran("b".repeat(64), 1_772_323_200_000L, 1_772_326_800_000L, 1, List.of());
    Contribution given =
        Contribution.of(
            List.of(ran("2026-03-01T00:00:00Z", 60, 0), other), Sheets.FIRST, Sheets.LAST);
    List<MeterReadings> two =
        List.of(new MeterReadings("aaaaaaaa", List.of()), new MeterReadings("bbbbbbbb", List.of()));

    assertThatThrownBy(() -> new Reckoning(given, two))
        .hasMessageContaining("the readings are of 2 computers, and one idle level");
  }

  @Test
  void whatTheMeterReadWhileNothingRanHelpsToFindTheIdleLevel() throws Exception {
    MeterReadings meter =
        new MeterReadings(
            "aaaaaaaa",
            List.of(
                interval("2026-03-01T00:00:00Z", 60, 140),
                interval("2026-03-01T01:00:00Z", 60, 41),
                interval("2026-03-01T02:00:00Z", 60, 42),
                interval("2026-03-01T03:00:00Z", 60, 90)));
    Contribution given =
        Contribution.of(List.of(ran("2026-03-01T00:00:00Z", 60, 0)), Sheets.FIRST, Sheets.LAST);

    assertThat(new Reckoning(given, List.of(meter)).quietMilliwatts()).hasValue(42_000);
  }

  @Test
  void aMeterBelongsToOneComputerThatRan() {
    Contribution given =
        Contribution.of(List.of(ran("2026-03-01T00:00:00Z", 60, 0)), Sheets.FIRST, Sheets.LAST);
    MeterReadings mine = new MeterReadings("aaaaaaaa", List.of());

    assertThatThrownBy(
            () -> new Reckoning(given, List.of(new MeterReadings("bbbbbbbb", List.of()))))
        .hasMessageContaining("no unit ran on computer bbbbbbbb; there are " + Sheets.COMPUTER);
    assertThatThrownBy(() -> new Reckoning(given, List.of(mine, mine)))
        .hasMessageContaining("has readings of two meters");
    assertThatThrownBy(() -> new Metering(List.of(mine), new BigDecimal("1001")))
        .hasMessageContaining("an idle level has 0 to 1000 W");
  }
}
