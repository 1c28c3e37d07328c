package org.almoner.tax.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
    assertThat(wording.sentences(facts))
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
        "profile_schema: 1|profile_schema: 2|profile_schema|expected 1",
        "is_tax_document: false|is_tax_document: true|is_tax_document|legal review",
        "is_tax_document: false|is_tax_document: \"false\"|is_tax_document|only false",
        "id: generic|id: Generic!|id|a-z",
        "effective_from: 2026-01-01|effective_from: 01/01/2026|effective_from|year-month-day",
        " – [period]\"| of a year\"|title|[period]",
        "[donor] for|[donator] for|lines[0].text|[donator] is no known placeholder",
        "[donor] for|[page] for|lines[0].text|[page] has no meaning here",
        "method tier [tiers]; |;|lines|no line holds [tiers]",
        "- id: method|- id: thanks|lines[1].id|used twice",
        "month: \"Month\"|moon: \"Month\"|labels.moon|is not known",
        "number_label: \"Statement no.\"\\n||number_label|is missing",
        "gpu: \"GPU-hours\"|gpu: 7|labels.gpu|expected a text",
        "total: \"Total\"|total: \"Total [donor]\"|labels.total|has no meaning here",
        "tax[- ]?receipt|tax[- ?receipt|forbidden_phrases[0].pattern|no regular expression",
        "language: en|language: en\\nlanguage: de|(root)|Duplicate",
        "  - id: thanks|  - 7\\n  - id: thanks|lines[0]|expected a mapping",
      })
  void aFaultNamesItsField(String from, String to, String field, String problem) throws Exception {
    String yaml = generic();
    String unescaped = from.replace("\\n", "\n");
    assertThat(yaml).contains(unescaped);
    String changed = yaml.replace(unescaped, to == null ? "" : to.replace("\\n", "\n"));
    assertThatThrownBy(() -> parse(changed))
        .isInstanceOf(MalformedProfile.class)
        .hasMessageContaining("profile field " + field)
        .hasMessageContaining(problem);
  }

  @Test
  void whatIsNoYamlIsRefused() {
    assertThatThrownBy(() -> parse("a: [")).isInstanceOf(MalformedProfile.class);
    assertThatThrownBy(() -> parse("")).isInstanceOf(MalformedProfile.class);
    assertThatThrownBy(() -> parse("- 1")).isInstanceOf(MalformedProfile.class);
  }

  @Test
  void aProfileBeyondTheLimitIsRefused() {
    assertThatThrownBy(() -> Profile.parse(new byte[Profile.BYTES_MAX + 1]))
        .isInstanceOf(MalformedProfile.class)
        .hasMessageContaining("at most 65536");
  }
}
