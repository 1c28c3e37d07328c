package org.almoner.workload.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ComparisonProperties {
  private static final FileComparison BLANKS =
      new FileComparison("a.txt", Form.NUMBERS, List.of(Tolerance.parse("0.001 + 1e-6 relative")));

  @Provide
  Arbitrary<String> nearlyJson() {
    return Arbitraries.strings().withChars("{}[]\",:\\u0019.eE+-tfn rl\u00e9").ofMaxLength(40);
  }

  @Provide
  Arbitrary<String> nearlyCsv() {
    return Arbitraries.strings().withChars("ab1,.\"\r\n \t\u0000").ofMaxLength(40);
  }

  @Property(tries = 2_000)
  void jsonIsNamedUnreadableOrItsFormIsItsOwnForm(@ForAll("nearlyJson") String text) {
    try {
      String form = JsonForm.of(text);
      assertThat(JsonForm.of(form)).isEqualTo(form);
    } catch (Incomparable e) {
      assertThat(e).hasMessageContaining("at character");
    }
  }

  @Property(tries = 1_000)
  void anyTextIsAJsonStringThatComesBack(@ForAll String text) throws Exception {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append(String.format("\\u%04X", c)));
    try {
      String form = JsonForm.of(quoted.append('"').toString());
      assertThat(JsonForm.of(form)).isEqualTo(form);
    } catch (Incomparable e) {
      assertThat(text.chars().anyMatch(c -> Character.isSurrogate((char) c))).isTrue();
    }
  }

  @Property(tries = 2_000)
  void csvIsNamedUnreadableOrItsFormIsItsOwnForm(@ForAll("nearlyCsv") String text) {
    try {
      String form = CsvForm.of(text);
      assertThat(CsvForm.of(form)).isEqualTo(form);
      assertThat(CsvForm.records(form)).isEqualTo(CsvForm.records(text));
    } catch (Incomparable e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(tries = 1_000)
  void oneDecimalValueHasOneSpelling(@ForAll BigDecimal value) {
    String one = Decimal.canonical(value);
    assertThat(Decimal.canonical(value.setScale(Math.max(0, value.scale()) + 3))).isEqualTo(one);
    assertThat(new BigDecimal(one)).isEqualByComparingTo(value);
  }

  @Property(tries = 1_000)
  void withinToleranceIsMutualAndATableAgreesWithItself(
      @ForAll BigDecimal one, @ForAll BigDecimal other) throws Exception {
    NumberTable left = NumberTable.read(BLANKS, one.toPlainString());
    NumberTable right = NumberTable.read(BLANKS, other.toPlainString());
    assertThat(left.agreesWith(left)).isTrue();
    assertThat(left.agreesWith(right)).isEqualTo(right.agreesWith(left));
  }

  @Property(tries = 1_000)
  void aToleranceIsReadOrRefusedInASentence(@ForAll("nearlyTolerance") String text) {
    try {
      Tolerance read = Tolerance.parse(text);
      assertThat(Tolerance.parse(read.toString())).isEqualTo(read);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains("tolerance");
    }
  }

  @Provide
  Arbitrary<String> nearlyTolerance() {
    return Arbitraries.of("0.1", "1e-9", "relative", "+", " ", "text", "7", "-", "e", ".")
        .list()
        .ofMaxSize(7)
        .map(parts -> String.join("", parts));
  }
}
