package org.almoner.tax.worksheet;

import static org.almoner.tax.worksheet.Sheets.tariff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TariffTests {
  @Test
  void billsAreSortedAndAskedByDay() throws Exception {
    Tariff tariff =
        tariff("2026-07-01,2026-12-31,0.4,EUR,b2,bill", "2026-01-01,2026-06-30,0.3125,EUR,b1,bill");

    assertThat(tariff.on(LocalDate.of(2026, 6, 30)).orElseThrow().name()).isEqualTo("b1");
    assertThat(tariff.on(LocalDate.of(2026, 7, 1)).orElseThrow().price())
        .isEqualByComparingTo("0.4");
    assertThat(tariff.on(LocalDate.of(2027, 1, 1))).isEmpty();
    assertThat(tariff.decimals()).isEqualTo(2);
  }

  @Test
  void aGermanSpreadsheetIsReadWithItsCommas() throws Exception {
    Tariff tariff =
        Tariff.parse(
            "von;bis;preis_je_kwh;waehrung;rechnung\n2026-01-01;2026-12-31;0,3125;EUR;R1\n"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(tariff.bills().get(0).price()).isEqualByComparingTo("0.3125");
  }

  @Test
  void yenHaveNoDecimals() throws Exception {
    assertThat(tariff("2026-01-01,2026-12-31,31,JPY,b1,bill").decimals()).isZero();
  }

  /** T18. */
  @Test
  void twoCurrenciesAreNeverConverted() {
    assertThatThrownBy(
            () ->
                tariff(
                    "2026-01-01,2026-06-30,0.3,EUR,b1,bill",
                    "2026-07-01,2026-12-31,0.3,USD,b2,bill"))
        .hasMessageContaining("line 3, column currency: is USD after EUR")
        .hasMessageContaining("(T18)");
  }

  /** T8. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_charge",
        "standing charge",
        "Grundpreis",
        "Zählermiete",
        "abonnement",
        "internet",
        "depreciation",
        "idle",
        "PUE"
      })
  void aColumnOfFixedChargesIsRefused(String column) {
    String file =
        "from,to,price_per_kwh,currency,bill,"
            + column
            + "\n2026-01-01,2026-12-31,0.3,EUR,b1,9.90\n";

    assertThatThrownBy(() -> Tariff.parse(file.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("line 1, column " + column)
        .hasMessageContaining("(T8)");
  }

  @Test
  void whatIsWrongIsNamedWithLineAndColumn() {
    assertThatThrownBy(() -> tariff("2026-01-01,2026-12-31,€0.3,EUR,b1,bill"))
        .hasMessageContaining("line 2, column price_per_kwh: expected the price");
    assertThatThrownBy(() -> tariff("2026-01-01,2026-12-31,-0.3,EUR,b1,bill"))
        .hasMessageContaining("line 2, column price_per_kwh");
    assertThatThrownBy(() -> tariff("1.1.2026,2026-12-31,0.3,EUR,b1,bill"))
        .hasMessageContaining("line 2, column from: expected a day");
    assertThatThrownBy(() -> tariff("2026-02-01,2026-01-31,0.3,EUR,b1,bill"))
        .hasMessageContaining("before the bill begins");
    assertThatThrownBy(() -> tariff("2026-01-01,2026-12-31,0.3,euro,b1,bill"))
        .hasMessageContaining("line 2, column currency: expected three letters");
    assertThatThrownBy(() -> tariff("2026-01-01,2026-12-31,0.3,EUR,,bill"))
        .hasMessageContaining("line 2, column bill");
    assertThatThrownBy(() -> tariff("2026-01-01,2026-12-31,0.3,EUR,b1,guess"))
        .hasMessageContaining("line 2, column basis");
    assertThatThrownBy(
            () ->
                tariff(
                    "2026-01-01,2026-06-30,0.3,EUR,b1,bill",
                    "2026-06-30,2026-12-31,0.3,EUR,b2,bill"))
        .hasMessageContaining("line 3, column from: the bill b2 overlaps b1");
    assertThatThrownBy(() -> tariff()).hasMessageContaining("names 0 bills");
    assertThatThrownBy(
            () -> Tariff.parse("from,to,currency,bill\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("there is no column price_per_kwh");
    assertThatThrownBy(() -> Tariff.parse("from,to,colour\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("column colour: is not known");
  }
}
