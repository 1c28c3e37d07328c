package org.almoner.tax.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorksheetLintTests {
  private static final WorksheetLint LINT =
      new WorksheetLint(
          List.of("2026-000417", "log.example/2026", ""),
          List.of("Open Estuary e.V.", "Total", ""));

  private static List<Demand> found(SheetPart part, String text) {
    return LINT.check(List.of(new SheetLine(part, text)), false).stream()
        .map(Objection::demand)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr"})
  void ourOwnWordsPassInEveryLanguage(String language) throws Exception {
    assertThat(LINT.check(Sheets.text(Sheets.common(), language))).isEmpty();
    assertThat(LINT.check(Sheets.text(Sheets.estimate(), language))).isEmpty();
  }

  /** T6. */
  @Test
  void theCharitysNameIsNoDonorsAndNoBills() {
    assertThat(found(SheetPart.DONOR, "OPEN  Estuary e.V.")).containsExactly(Demand.T6);
    assertThat(found(SheetPart.DONOR, "total")).containsExactly(Demand.T6);
    assertThat(found(SheetPart.DONOR, "Jane Total")).isEmpty();
    assertThat(found(SheetPart.LABEL, "Total")).isEmpty();
  }

  /** A sentence is looked at too for what may stand nowhere. */
  @ParameterizedTest
  @CsvSource({
    "T2, this amount is tax-deductible",
    "T2, steuerlich absetzbar",
    "T2, 'montant déductible de l''impôt'",
    "T2, réduction d'impôt",
    "T3, at fair market value",
    "T3, zum Marktwert",
    "T3, valeur vénale",
    "T16, your tax savings",
    "T16, Ihre Steuerersparnis",
    "T16, 'une économie d''impôt'",
  })
  void aPromiseStandsNowhere(Demand demand, String text) {
    assertThat(found(SheetPart.SENTENCE, text)).contains(demand);
    assertThat(found(SheetPart.DONOR, text)).contains(demand);
  }

  @ParameterizedTest
  @CsvSource({
    "T6, 'Open Estuary e.V., bill 3'",
    "T6, No. 2026-000417",
    "T6, log.example/2026",
    "T6, official receipt",
    "T6, Zuwendungsbestätigung",
    "T6, reçu fiscal",
    "T8, internet flat rate",
    "T8, Grundpreis",
    "T8, abonnement EDF",
    "T14, waived reimbursement",
    "T14, Aufwandsspende",
    "T14, renonce au remboursement",
    "T15, reimbursement right",
    "T15, Erstattungsanspruch",
    "T15, droit au remboursement",
    "T17, SSN 123-45-6789",
    "T18, converted at 1.1",
    "T18, umgerechnet",
    "T18, taux de change",
  })
  void whatADonorWritesIsLookedAt(Demand demand, String text) {
    assertThat(found(SheetPart.DONOR, text)).contains(demand);
    assertThat(found(SheetPart.LABEL, text)).contains(demand);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b01", "Stadtwerke 2026/03", "EDF mars 2026", "Strom-Rechnung 17 (März)"})
  void theNamesOfBillsPass(String name) {
    assertThat(found(SheetPart.DONOR, name)).isEmpty();
  }

  /** T7. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr"})
  void anEstimateWithoutItsBannerIsRefused(String language) throws Exception {
    List<SheetLine> lines = new ArrayList<>(Sheets.text(Sheets.estimate(), language).lines());
    lines.removeIf(line -> line.part() == SheetPart.BANNER);

    assertThat(LINT.check(lines, true))
        .containsExactly(new Objection(Demand.T7, "the banner is missing"));
  }

  @Test
  void aWorksheetThatIsNoEstimateHasNoBanner() {
    assertThat(found(SheetPart.BANNER, "ESTIMATE")).containsExactly(Demand.T7);
  }
}
