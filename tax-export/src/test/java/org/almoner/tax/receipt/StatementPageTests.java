package org.almoner.tax.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.jurisdiction.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementPageTests {
  @Test
  void namesAreKeptInComposedForm() {
    assertThat(new Addressee("Zoe\u0308  Bronte\u0308 ", List.of(" ", "x")))
        .isEqualTo(new Addressee("Zoë Brontë", List.of("x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u0000b", "a\nb", "a\u202eb", "a\u200bb", "a\u00adb", "a\ud800b", "\ue000"})
  void aCharacterThatDoesNotPrintIsNamed(String name) {
    assertThatThrownBy(() -> new Addressee(name, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("the donor's name holds the character U\\+[0-9A-F]{4}, which .*");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new Addressee("x".repeat(121), List.of()))
        .hasMessage("the donor's name has 121 characters; at most 120 fit on the page");
    assertThatThrownBy(() -> new Addressee("x", Collections.nCopies(7, "y")))
        .hasMessage("the donor's address has 7 lines; at most 6 fit on the page");
    assertThatThrownBy(() -> new Addressee(" ", List.of()))
        .hasMessage("the donor's name is empty; expected a text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "7 8", "n\u00e9", "<b>"})
  void aNumberHasPlainCharacters(String number) {
    Sample sample = new Sample();
    sample.number = number;
    assertThatThrownBy(sample::page).hasMessageContaining("a statement number is");
  }

  @Test
  void monthsAscendWithinThePeriod() {
    Sample sample = new Sample();
    List<MonthTotal> months = new ArrayList<>(sample.months);
    Collections.swap(months, 3, 4);
    sample.months = months;
    assertThatThrownBy(sample::page)
        .hasMessage("months must ascend, each once: 2026-04 after 2026-05");
    sample.months = Sample.months(YearMonth.of(2026, 6), 8);
    assertThatThrownBy(sample::page).hasMessageContaining("month 2027-01 lies outside");
  }

  @Test
  void totalsAreTheSumsOfTheMonths() {
    StatementPage page = new Sample().page();
    assertThat(page.accepted()).isEqualTo(12 * 340 + 11 * 66);
    assertThat(page.returned()).isEqualTo(12 * 343 + 11 * 66);
    assertThat(page.given().cpu().totalMs())
        .isEqualTo(page.months().stream().mapToLong(m -> m.given().cpu().totalMs()).sum());
  }

  @Test
  void anEntryLiesInItsTree() {
    assertThatThrownBy(
            () -> new LogEvidence("log.example", 7, 7, Hash.ZERO, Hash.ZERO, LocalDate.EPOCH))
        .hasMessage("entry 7 does not lie in a tree of 7 entries");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01,2026-12-31,2026",
    "2026-03-01,2026-03-31,March 2026",
    "2025-07-01,2026-06-30,1 July 2025 to 30 June 2026",
    "2026-01-01,2026-12-30,1 January 2026 to 30 December 2026",
  })
  void aPeriodIsNamedAsShortlyAsItCan(LocalDate from, LocalDate to, String words) {
    assertThat(new Period(from, to).words("to", Profile.generic().wording("en").notation()))
        .isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,true,'maturity: 0s,period: open'",
    "P14D,false,''",
    "P7D,false,maturity: 7d",
    "PT36H,false,maturity: 36h",
    "PT90S,false,maturity: 90s",
    "PT2M,false,maturity: 2m",
    "PT0.5S,false,maturity: 500ms",
  })
  void onlySettingsThatAreNotTheDefaultsAreNamed(Duration maturity, boolean open, String said) {
    assertThat(String.join(",", new OperatorSettings(maturity, open).deviations())).isEqualTo(said);
  }
}
