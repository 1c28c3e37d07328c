package org.almoner.tax.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class ProfileDataTests {
  @Test
  void aFiscalYearIsNamedByTheYearInWhichItEnds() {
    FiscalYear uk = new FiscalYear(MonthDay.of(4, 6));
    assertThat(uk.from(2026)).isEqualTo(LocalDate.of(2025, 4, 6));
    assertThat(uk.to(2026)).isEqualTo(LocalDate.of(2026, 4, 5));
    assertThat(FiscalYear.CALENDAR.from(2026)).isEqualTo(LocalDate.of(2026, 1, 1));
    assertThat(FiscalYear.CALENDAR.to(2026)).isEqualTo(LocalDate.of(2026, 12, 31));
    assertThatThrownBy(() -> new FiscalYear(MonthDay.of(2, 29)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberFollowsItsPatternAndProfilesWithOnePatternShareASequence() {
    assertThat(Numbering.PLAIN.number(2026, 417)).isEqualTo("2026-000417");
    Numbering us = new Numbering("US-[year]-[serial]", true);
    assertThat(us.number(2026, 1_234_567)).isEqualTo("US-2026-1234567");
    assertThat(us.sequence(2026)).isEqualTo("US-2026-");
    assertThatThrownBy(() -> new Numbering("[year]-[serial]-X", true))
        .hasMessageContaining("such as AT-[year]-[serial]");
    assertThatThrownBy(() -> new Numbering("[year]/[serial]", true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void retentionIsCountedFromTheIssueOrFromTheEndOfItsYear() {
    LocalDate issued = LocalDate.of(2027, 2, 3);
    assertThat(new Retention(2, Retention.From.ISSUE).keptUntil(issued))
        .isEqualTo(LocalDate.of(2029, 2, 3));
    assertThat(new Retention(10, Retention.From.END_OF_YEAR).keptUntil(issued))
        .isEqualTo(LocalDate.of(2037, 12, 31));
  }

  @Test
  void numbersAndDatesAreWrittenAsTheLanguageDoes() {
    Notation english = Profile.generic().wording("en").notation();
    assertThat(english.number("1234567.80")).isEqualTo("1,234,567.80");
    assertThat(english.number("0")).isEqualTo("0");
    assertThat(english.of(LocalDate.of(2026, 3, 1))).isEqualTo("1 March 2026");
    assertThat(english.of(YearMonth.of(2026, 3))).isEqualTo("March 2026");
  }
}
