package org.almoner.tax.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTests {
  private static String generic() throws IOException {
    try (InputStream in = Profile.class.getResourceAsStream("profiles/generic.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Profile parse(String yaml) throws MalformedProfile {
    return Profile.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theGenericProfileSaysWhatWasAgreedWordForWord() {
    Wording wording = Profile.generic().wording("en");
    Map<Placeholder, String> facts =
        Map.of(
            Placeholder.CHARITY, "Estuary Trust",
            Placeholder.DONOR, "Ada",
            Placeholder.SOFTWARE, "Almoner agent",
            Placeholder.VERSION, "0.1.0",
            Placeholder.TIERS, "M1, M2",
            Placeholder.ACCEPTED, "7",
            Placeholder.RETURNED, "9",
            Placeholder.BENEFITS, "none recorded");
    assertThat(wording.title("2026")).isEqualTo("Statement of donated computing – 2026");
    assertThat(wording.numberLabel()).isEqualTo("Statement no.");
    assertThat(wording.sentences(Set.of(Condition.ALWAYS), facts))
        .containsExactly(
            "Estuary Trust thanks Ada for the donated computing listed below.",
            "Quantities were measured by Almoner agent, 0.1.0; method tier M1, M2; results accepted:"
                + " 7 of 9.",
            "This is a record of activity. It is not a tax receipt, states no monetary value, and"
                + " makes no statement about any tax benefit. Rules differ by country; in most"
                + " countries donated services or use of equipment give no tax relief. Ask a"
                + " qualified adviser.",
            "Estuary Trust gave you: none recorded");
  }

  @Test
  void bracketsInANameAreNotFilledAgain() {
    Template template = new Template("[charity] thanks [donor]");
    assertThat(
            template.fill(
                Map.of(Placeholder.CHARITY, "[donor] $1 \\1", Placeholder.DONOR, "[charity]")))
        .isEqualTo("[donor] $1 \\1 thanks [charity]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: generic|id: generic\\nprice: 1|price|is not known",
        "id: generic|id: generic\\ncitation: 1|citation|did you mean citations?",
        "profile_schema: 2|profile_schema: 3|profile_schema|expected 2",
        "profile_schema: 2|profile_schema: 1|profile_schema|rename lines to mandatory_lines",
        "is_tax_document: false|is_tax_document: true|documents.statement.is_tax_document|no tax",
        "is_tax_document: false|is_tax_document: 0|documents.statement.is_tax_document|true or false",
        "official_receipt: {allowed: false}|official_receipt: {allowed: true}|documents.official_receipt.allowed|only false",
        "id: generic|id: Generic!|id|a-z",
        "jurisdiction: any|jurisdiction: US|jurisdiction|any",
        "id: generic|id: xx-own|jurisdiction|ISO 3166",
        "effective_from: 2026-01-01|effective_from: 01/01/2026|effective_from|year-month-day",
        "paper: A4|effective_to: 2025-12-31|effective_to|before effective_from",
        "paper: A4|paper: A5|paper|expected A4 or letter",
        "start: \"01-01\"|start: 02-29|fiscal_year.start|month-day",
        "public-body]|robot]|donor_types|known are",
        "[year]-[serial]|[year][serial]|numbering.pattern|-[serial] at its end",
        "[year]-[serial]|../[year]-[serial]|numbering.pattern|letters",
        "duplicate_years: 10|duplicate_years: 0|retention.duplicate_years|from 1 to 30",
        "counted_from: end_of_year|counted_from: birth|retention.counted_from|issue or end_of_year",
        "required: [name]|required: [tax_id]|donor_data.required|[name, address]",
        " – [period]\"| of a year\"|title.en|[period]",
        "[donor] for|[donator] for|mandatory_lines[0].text.en|[donator] is no known placeholder",
        "[donor] for|[page] for|mandatory_lines[0].text.en|[page] has no meaning here",
        "method tier [tiers]; |;|mandatory_lines|in en holds [tiers]",
        "you: [benefits]|you: this|mandatory_lines|in en holds [benefits]",
        "- id: method|- id: thanks|mandatory_lines[1].id|used twice",
        "- id: thanks|- id: thanks\\n    condition: sometimes|mandatory_lines[0].condition|expected always",
        "- id: thanks|- id: thanks\\n    source_cite: nowhere|mandatory_lines[0].source_cite|no id under",
        "- id: thanks|- id: thanks\\n    verbatim: true|mandatory_lines[0].verbatim|confidence S",
        "number_label:|number_lable:|number_label|is missing",
        "tax[- ]?receipt|tax[- ?receipt|forbidden_phrases[0].regex|no regular expression",
        "lang: en|lang: nl|forbidden_phrases[0].lang|none of languages",
        "confidence: S|confidence: sure|citations[0].confidence|S-ex",
        "  - id: thanks|  - 7\\n  - id: thanks|mandatory_lines[0]|expected fields",
        "input: {language: en}|input: {language: xx}|test_vectors[0].input.language|none of languages",
      })
  void aFaultNamesItsField(String from, String to, String field, String problem) throws Exception {
    String yaml = generic();
    String unescaped = from.replace("\\n", "\n");
    assertThat(yaml).contains(unescaped);
    String changed = yaml.replace(unescaped, to == null ? "" : to.replace("\\n", "\n"));
    assertThatThrownBy(() -> parse(changed))
        .isInstanceOfSatisfying(
            MalformedProfile.class,
            malformed ->
                assertThat(malformed.faults())
                    .anySatisfy(
                        fault -> {
                          assertThat(fault.field()).isEqualTo(field);
                          assertThat(fault.problem()).contains(problem);
                        }));
  }

  @Test
  void aDayByWhichNoDocumentCanBeThereIsRefused() throws Exception {
    for (int days : List.of(0, 32, 365)) {
      String yaml = generic() + "\ntiming: {issue_within_days: " + days + "}\n";
      assertThat(parse(yaml).issueWithinDays()).isEqualTo(days);
    }
    for (int days : List.of(1, 31, 366)) {
      String yaml = generic() + "\ntiming: {issue_within_days: " + days + "}\n";
      assertThatThrownBy(() -> parse(yaml))
          .isInstanceOf(MalformedProfile.class)
          .hasMessageContaining("timing.issue_within_days");
    }
  }

  @Test
  void allFaultsAreToldAtOnceEachWithItsLine() throws Exception {
    String yaml = generic().replace("paper: A4", "paper: A9").replace("[donor] for", "[donr] for");
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOfSatisfying(
            MalformedProfile.class,
            malformed -> {
              assertThat(malformed.faults()).hasSize(2);
              malformed
                  .faults()
                  .forEach(
                      fault ->
                          assertThat(yaml.lines().toList().get(fault.line() - 1))
                              .containsAnyOf("A9", "[donr]"));
              assertThat(malformed).hasMessageEndingWith("(and 1 more)");
            });
  }

  @Test
  void whatIsNoYamlIsRefused() {
    assertThatThrownBy(() -> parse("a: [")).isInstanceOf(MalformedProfile.class);
    assertThatThrownBy(() -> parse("")).isInstanceOf(MalformedProfile.class);
    assertThatThrownBy(() -> parse("- 1")).isInstanceOf(MalformedProfile.class);
    assertThatThrownBy(() -> parse("a: &b 1\nc: *b")).isInstanceOf(MalformedProfile.class);
  }

  @Test
  void aProfileBeyondTheLimitIsRefused() {
    assertThatThrownBy(() -> Profile.parse(new byte[Profile.BYTES_MAX + 1]))
        .isInstanceOf(MalformedProfile.class)
        .hasMessageContaining("at most 65536");
  }

  @Test
  void aCopyOfTheGenericProfileMakesSpecimensOnly() throws Exception {
    assertThat(Profile.generic().wording("en").specimenOnly()).isFalse();
    assertThat(parse(generic()).wording("en").specimenOnly()).isFalse();
    assertThat(parse(generic() + "# mine").wording("en").specimenOnly()).isTrue();
  }

  @Test
  void aLanguageAsSpokenElsewhereIsTaken() {
    assertThat(Profile.generic().wording("en-GB").language()).isEqualTo("en");
    assertThat(Profile.generic().wording("tlh").language()).isEqualTo("en");
  }
}
