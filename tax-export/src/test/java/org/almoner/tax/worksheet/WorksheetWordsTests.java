package org.almoner.tax.worksheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorksheetWordsTests {
  private static String english() throws Exception {
    try (InputStream in = WorksheetWords.class.getResourceAsStream("worksheet-en.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static WorksheetWords parse(String yaml) throws MalformedWords {
    return WorksheetWords.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Set<String> placeholders(String text) {
    return Pattern.compile("\\[[a-z]+\\]")
        .matcher(text)
        .results()
        .map(result -> result.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyLanguageFillsInTheSame() {
    WorksheetWords english = WorksheetWords.of("en");
    for (String language : WorksheetWords.LANGUAGES) {
      WorksheetWords words = WorksheetWords.of(language);
      assertThat(words.language()).isEqualTo(language);
      english
          .sentences()
          .forEach(
              (sentence, text) ->
                  assertThat(placeholders(words.sentences().get(sentence)))
                      .as("%s %s", language, sentence)
                      .isEqualTo(placeholders(text)));
    }
  }

  @Test
  void whatIsUnknownMissingOrWrongIsNamed() throws Exception {
    assertThatThrownBy(() -> parse(english() + "colour: red\n"))
        .hasMessage("worksheet field colour: is not known");
    assertThatThrownBy(() -> parse(english().replace("  title:", "  titel:")))
        .hasMessageContaining("captions.titel: is not known");
    assertThatThrownBy(() -> parse(english().replace("[idle]", "[charity]")))
        .hasMessageContaining("sentences.metered: [charity] is no known placeholder");
    assertThatThrownBy(() -> parse(english().replace("[Jan, ", "[")))
        .hasMessageContaining("months: expected the short names of twelve months");
    assertThatThrownBy(() -> parse("- a")).hasMessageContaining("expected a mapping");
    assertThatThrownBy(() -> parse("a: [")).hasMessageContaining("is not usable YAML");
  }
}
