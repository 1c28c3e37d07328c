package org.almoner.tax.worksheet;

import static org.almoner.tax.worksheet.Sheets.answers;
import static org.almoner.tax.worksheet.Sheets.ran;
import static org.almoner.tax.worksheet.Sheets.reckon;
import static org.almoner.tax.worksheet.Sheets.tariff;
import static org.almoner.tax.worksheet.Sheets.year;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.evidence.MalformedEvidence;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.verify.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorksheetTests {
  @TempDir Path folder;

  @Test
  void everyAmountIsItsLinesPrintedEnergyTimesItsPrintedPrice() throws Exception {
    Worksheet sheet = Sheets.common();

    assertThat(sheet.rows()).hasSize(12);
    for (WorksheetRow row : sheet.rows()) {
      assertThat(row.kwh().scale()).isEqualTo(3);
      assertThat(row.amount())
          .isEqualTo(
              row.kwh().multiply(row.bill().price()).setScale(2, java.math.RoundingMode.HALF_UP));
    }
    assertThat(sheet.amount())
        .isEqualTo(
            sheet.rows().stream()
                .map(WorksheetRow::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  @Test
  void energyIsRoundedDownAndMoneyHalfUp() throws Exception {
    Worksheet sheet =
        reckon(
            List.of(ran("2026-03-01T00:00:00Z", 60, 3_600 * 20 - 1, Energy.Tier.M2)),
            tariff("2026-01-01,2026-12-31,0.5,EUR,b,bill"),
            answers());

    assertThat(sheet.kwh()).isEqualByComparingTo("0.019");
    assertThat(sheet.amount()).isEqualByComparingTo("0.01");
  }

  @Test
  void aMonthWithTwoPricesHasTwoRows() throws Exception {
    Worksheet sheet =
        reckon(
            List.of(
                ran("2026-03-10T00:00:00Z", 60, 360_000, Energy.Tier.M2),
                ran("2026-03-20T00:00:00Z", 60, 360_000, Energy.Tier.M2)),
            tariff(
                "2026-01-01,2026-03-14,0.2,EUR,old,bill", "2026-03-15,2026-12-31,0.4,EUR,new,bill"),
            answers());

    assertThat(Sheets.text(sheet, "en").rows())
        .extracting(
            row -> row.get(0) + " " + row.get(row.size() - 2) + " " + row.get(row.size() - 1))
        .containsExactly("Mar (1–14) old 0.02", "Mar (15–31) new 0.04");
  }

  @Test
  void aMissingBillIsAskedForByItsDays() {
    assertThatThrownBy(
            () ->
                reckon(
                    List.of(ran("2026-03-10T00:00:00Z", 60, 1, Energy.Tier.M2)),
                    tariff("2026-01-01,2026-02-28,0.2,EUR,b,bill"),
                    answers()))
        .hasMessage("no bill covers 2026-03-10; add the price you paid then");
  }

  /** T19. */
  @Test
  void moreThanAPlugCarriesIsRefused() {
    assertThatThrownBy(
            () ->
                reckon(
                    List.of(ran("2026-03-10T00:00:00Z", 60, 5 * 3_600_000, Energy.Tier.M2)),
                    year(),
                    answers()))
        .hasMessageContaining("5.000 kWh from 2026-01-01 to 2026-12-31 in 1 hours")
        .hasMessageContaining("(T19)");
  }

  @Test
  void aUnitOfTheNightBetweenTwoMonthsIsPossible() throws Exception {
    Worksheet sheet =
        reckon(
            List.of(ran("2026-03-31T22:00:00Z", 125, 3_600_000, Energy.Tier.M2)),
            year(),
            answers());

    assertThat(sheet.rows())
        .extracting(row -> row.from().getMonthValue() + ": " + row.kwh())
        .containsExactly("3: 0.000", "4: 1.000");
  }

  /** T7. */
  @Test
  void whatIsAnEstimateSaysSoOnTopAndWhy() throws Exception {
    for (String language : WorksheetWords.LANGUAGES) {
      assertThat(Sheets.text(Sheets.common(), language).banner()).isEmpty();
      for (Energy.Tier tier : List.of(Energy.Tier.M3, Energy.Tier.M4)) {
        Worksheet sheet =
            reckon(List.of(ran("2026-03-10T00:00:00Z", 60, 9_999, tier)), year(), answers());
        assertThat(Sheets.text(sheet, language).banner().get(1)).contains(tier.name());
      }
      Worksheet table =
          reckon(
              List.of(ran("2026-03-10T00:00:00Z", 60, 9_999, Energy.Tier.M2)),
              tariff("2026-01-01,2026-12-31,0.2,EUR,Eurostat H1 2025,table"),
              answers());
      assertThat(Sheets.text(table, language).banner()).hasSize(2);
    }
  }

  @Test
  void aMeterOfAComputerThatWasAlsoUsedIsAnEstimate() throws Exception {
    assertThat(Sheets.estimate().estimates())
        .containsExactlyInAnyOrder(Estimate.MODEL, Estimate.RATED, Estimate.OWN_USE);
    assertThat(Sheets.estimate().unread()).isEqualTo(1);
  }

  @Test
  void theEvidenceGivesTheSameMonthsAsTheStatement() throws Exception {
    SmallLog log = new SmallLog(folder.resolve("log"));
    long end = java.time.Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    for (long leaf : log.report(Issued.ADA, end, 3)) {
      log.settle(leaf, org.almoner.ledger.entry.Outcome.ACCEPTED);
    }
    log.report(Issued.ADA, end, 1);
    Issued issued = Issued.from(log, SmallLog.verifierKey(), folder);

    Contribution given =
        Contribution.ofEvidence(issued.evidence().toArray(), Sheets.FIRST, Sheets.LAST);

    assertThat(given.ran()).hasSize(3);
    assertThat(given.computers()).hasSize(1);
    assertThat(given.source())
        .isEqualTo(org.almoner.protocol.bytes.Hash.sha256(issued.evidence().toArray()));
    Worksheet sheet =
        Worksheet.reckon(new Reckoning(given, List.of()), Metering.NONE, year(), answers());
    assertThat(sheet.computerMs()).isEqualTo(1_000);
    assertThat(sheet.unread()).isEqualTo(3);
  }

  @Test
  void aStatementIsNotDividedWithinAMonth() throws Exception {
    SmallLog log = new SmallLog(folder.resolve("log"));
    long end = java.time.Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    for (long leaf : log.report(Issued.ADA, end, 3)) {
      log.settle(leaf, org.almoner.ledger.entry.Outcome.ACCEPTED);
    }
    Issued issued = Issued.from(log, SmallLog.verifierKey(), folder);
    Statement statement =
        StatementOpening.parse(PdfEvidence.read(issued.pdf().toArray()).statement()).statement();
    LocalDate middle = LocalDate.of(2026, 11, 15);

    assertThatThrownBy(() -> Contribution.ofStatement(statement, middle, statement.to(), Hash.ZERO))
        .hasMessageContaining("takes a part of 2026-11")
        .hasMessageContaining("give the evidence file");
    assertThatThrownBy(
            () -> Contribution.ofStatement(statement, statement.from(), middle, Hash.ZERO))
        .hasMessageContaining("takes a part of 2026-11");
    assertThat(
            Contribution.ofStatement(statement, LocalDate.of(2026, 11, 1), Sheets.LAST, Hash.ZERO)
                .unitsKnown())
        .isFalse();
  }

  @Test
  void whatIsNoEvidenceIsRefused() {
    assertThatThrownBy(() -> Contribution.ofEvidence(new byte[9], Sheets.FIRST, Sheets.LAST))
        .isInstanceOf(MalformedEvidence.class);
  }

  @Test
  void theTableForASpreadsheetHoldsTheSameFigures() throws Exception {
    Worksheet sheet =
        reckon(
            List.of(ran("2026-03-10T00:00:00Z", 90, 360_000, Energy.Tier.M2)), year(), answers());

    assertThat(new String(sheet.csv(), StandardCharsets.UTF_8))
        .isEqualTo(
            "from,to,computer_hours,kwh_m1,kwh_m2,kwh_m3,kwh_m4,kwh,price_per_kwh,currency,bill,"
                + "basis,amount\r\n"
                + "2026-03-01,2026-03-31,1.500,0.000,0.100,0.000,0.000,0.100,0.25,EUR,b01,bill,"
                + "0.03\r\n");
  }
}
