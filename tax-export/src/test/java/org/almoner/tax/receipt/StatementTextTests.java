package org.almoner.tax.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.almoner.tax.jurisdiction.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTextTests {
  private final StatementText year =
      new StatementText(new Sample().page(), Profile.generic().wording("en"));
  private final StatementText first =
      new StatementText(Sample.firstRun().page(), Profile.generic().wording("en"));

  @Test
  void aRowHasTheMonthAndItsFigures() {
    assertThat(year.rows()).hasSize(12);
    assertThat(year.rows().get(0))
        .containsExactly("January", "1,180.00", "120.00", "4,012.46", "33.89", "340 of 343");
    assertThat(year.totalRow().get(5)).isEqualTo("4,806 of 4,842");
  }

  @Test
  void everyTierIsExplainedWithItsShare() {
    assertThat(year.tierLines())
        .containsExactly(
            "CPU core-hours, C1: 12,460.19. Independent computers agreed on results and instruction"
                + " counts.",
            "CPU core-hours, C2: 4,875.73. Independent computers agreed on results; the donor’s"
                + " computer reported the time.",
            "CPU core-hours, C3: 2,166.99. Run by the donor’s computer alone, which reported the"
                + " time; checked at random.",
            "GPU time and memory: reported by the donor’s computer",
            "Energy: M2 power counters 395.42 kWh; M3 power model 77.50 kWh",
            "Days active: 214 · Computers: 2 · Results that do not count: too few others to compare"
                + " with 36");
  }

  @Test
  void aFirstRunOfSecondsIsNotRoundedAway() {
    assertThat(first.rows().get(0))
        .containsExactly("November", "0.00120", "0.00", "0.000075", "no reading", "18 of 18");
  }

  @Test
  void settingsThatAreNotTheDefaultsArePrinted() {
    assertThat(year.settings()).isEmpty();
    assertThat(first.settings())
        .containsExactly("Operator settings in force: maturity: 0s, period: open");
  }

  @Test
  void aStatementWithoutAnyMonthHasARowOfZeros() {
    Sample sample = new Sample();
    sample.months = List.of();
    StatementText text = new StatementText(sample.page(), Profile.generic().wording("en"));
    assertThat(text.rows()).isEmpty();
    assertThat(text.totalRow())
        .containsExactly("Total", "0.00", "0.00", "0.00", "no reading", "0 of 0");
  }

  private static StatementText text(Sample sample, String language) {
    return new StatementText(sample.page(), Profile.generic().wording(language));
  }

  @Test
  void germanAndFrenchWriteNumbersAndDatesInTheirOwnWay() {
    StatementText german = text(new Sample(), "de");
    assertThat(german.rows().get(2)).startsWith("März", "1.471,24").endsWith("362 von 365");
    assertThat(german.facts())
        .contains(new StatementText.Fact("Zeitraum (UTC)", "1. Januar 2026 bis 31. Dezember 2026"));
    StatementText french = text(new Sample(), "fr");
    assertThat(french.rows().get(1)).startsWith("février").endsWith("351 sur 354");
    assertThat(french.totalRow().get(1)).isEqualTo("19\u202f502,90");
    assertThat(french.facts())
        .contains(new StatementText.Fact("Période (UTC)", "1er janvier 2026 au 31 décembre 2026"));
  }

  @ParameterizedTest
  @CsvSource({
    "en,How to check,Check it on your own computer: almoner verify,nothing to check",
    "de,So wird geprüft,Auf dem eigenen Rechner: almoner verify,nichts zu prüfen",
    "fr,Pour vérifier,Sur votre propre ordinateur\u00a0: almoner verify,rien à vérifier"
  })
  void howToCheckIsSaidInTheLanguageOfThePage(
      String language, String caption, String how, String nothing) {
    Sample sample = new Sample();
    assertThat(check(text(sample, language), caption)).startsWith(how);
    sample.mark = PageMark.SPECIMEN;
    sample.number = "";
    assertThat(check(text(sample, language), caption)).contains(nothing);
  }

  private static String check(StatementText text, String caption) {
    return text.evidence().stream()
        .filter(fact -> fact.label().equals(caption))
        .map(StatementText.Fact::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theProfileIsNamed() {
    assertThat(year.evidence())
        .contains(new StatementText.Fact("Wording", "generic " + Profile.generic().version()));
  }

  @Test
  void aReplacementNamesWhatItStandsFor() {
    Sample sample = new Sample();
    sample.replaces = "2026-000007";
    assertThat(text(sample, "en").facts())
        .contains(new StatementText.Fact("Replaces no.", "2026-000007"));
    assertThat(year.facts()).noneMatch(fact -> fact.label().equals("Replaces no."));
  }

  @ParameterizedTest
  @CsvSource({"SPECIMEN,SPECIMEN", "RUNNING,NOT ISSUED", "COPY,COPY"})
  void aMarkSaysWhatItMeans(PageMark mark, String words) {
    Sample sample = new Sample();
    sample.mark = mark;
    sample.number = mark == PageMark.COPY ? sample.number : "";
    StatementText text = text(sample, "en");
    assertThat(text.mark()).hasValueSatisfying(m -> assertThat(m.label()).isEqualTo(words));
    assertThat(text.facts().get(0).value())
        .isEqualTo(mark == PageMark.COPY ? "2026-000417" : "none: not issued");
    assertThat(year.mark()).isEmpty();
  }

  @Test
  void theCodeHasTheEvidenceLineByLine() {
    assertThat(year.code().text().split("\n"))
        .hasSize(9)
        .startsWith("almoner-statement/2", "2026-000417", "log.estuary.example/2026")
        .contains("20852162 20852163");
  }

  @Test
  void whatTheLintReadsIsWhatIsDrawn() {
    List<String> printed =
        year.printed(List.of("a.json")).lines().stream().map(line -> line.text()).toList();
    assertThat(printed)
        .contains(year.title(), year.charityName(), year.donorName(), year.seal())
        .containsAll(year.charityLines())
        .containsAll(year.donorLines())
        .containsAll(year.sentences())
        .containsAll(year.columns())
        .containsAll(year.totalRow())
        .containsAll(year.tierLines())
        .contains(year.footer(1, 1, List.of("a.json")));
  }
}
