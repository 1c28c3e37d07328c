package org.almoner.tax.specimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.almoner.tax.pdf.StatementPdf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ProfileCheckTests {
  private static final ProfileCheck CHECK = new ProfileCheck(new StatementPdf());
  static final List<String> IDS = ShippedProfiles.IDS;

  private static List<ProfileCheck.Finding> check(String yaml) {
    return CHECK.check(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String yaml(String id) {
    return new String(ShippedProfiles.octets(id), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void everyShippedProfileIsWithoutAFault(String id) {
    assertThat(check(yaml(id))).isEmpty();
  }

  @Test
  void aVectorThatIsNotMetNamesItsLine() {
    String yaml =
        yaml("generic")
            .replace("must_contain: [\"gave you: a mug\"]", "must_contain: [\"gave you: a hat\"]");
    assertThat(check(yaml))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.sentence())
                  .isEqualTo(
                      "test \"something was given\": no line of the document has \"gave you: a"
                          + " hat\"");
              assertThat(yaml.lines().toList().get(finding.line() - 1))
                  .contains("something was given");
            });
  }

  @Test
  void aLetterThatNoFontHasIsNamed() {
    assertThat(check(yaml("generic").replace("en: \"Statement no.\"", "en: \"\u0e01 no.\"")))
        .anySatisfy(finding -> assertThat(finding.sentence()).contains("U+0E01"));
  }

  @Test
  void aSentenceThatTheLintRefusesNamesItsLine() {
    String yaml = yaml("generic").replace("you: [benefits]", "you, worth $5: [benefits]");
    assertThat(check(yaml))
        .anySatisfy(
            finding -> {
              assertThat(finding.sentence()).startsWith("en: ").contains("(T1)");
              assertThat(yaml.lines().toList().get(finding.line() - 1)).contains("$5");
            });
  }

  @Test
  void aProfileInForceForAFewDaysHasASpecimenOfTheYearBefore() {
    assertThat(check(yaml("us-business") + "effective_to: 2026-01-02\n")).isEmpty();
    assertThat(
            check(
                yaml("us-business").replace("start: \"01-01\"", "start: \"07-01\"")
                    + "effective_to: 2026-01-02\n"))
        .isEmpty();
  }
}
