package org.almoner.tax.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PhraseRulesTests {
  private static final int TEXTS = 3_000;
  private static final List<String> PIECES =
      List.of(
          "tax",
          "TAX receipt",
          "Gift Aid",
          "market value",
          "$",
          "12",
          "7%",
          "EUR",
          "refund",
          "no",
          " ",
          " ",
          "-",
          "_",
          ".",
          "\t",
          "123-45-6789",
          "official receipt",
          "form 8282",
          "idle",
          "x",
          "per cent",
          "fair",
          "on behalf of",
          "tin: a1",
          "10 bd",
          "worth of",
          "Kk",
          "\u001c");

  @Test
  void inAsciiEveryRuleFindsTheSameWithoutUnicode() {
    SplittableRandom drawn = new SplittableRandom(7);
    long found = 0;
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = drawn.nextInt(1, 7); piece > 0; piece--) {
        text.append(PIECES.get(drawn.nextInt(PIECES.size())));
        text.append(drawn.nextInt(4) == 0 ? (char) drawn.nextInt(0x80) : ' ');
      }
      for (Pattern rule : PhraseRules.patterns()) {
        boolean finds = rule.matcher(text.toString()).find();
        found += finds ? 1 : 0;
        assertThat(PhraseRules.forAscii(rule).matcher(text.toString()).find())
            .as("%s in \"%s\"", rule, text)
            .isEqualTo(finds);
      }
    }
    assertThat(found).isGreaterThan(TEXTS);
  }

  @Test
  void aTextThatBrokeNoRuleIsStillRefusedInAnotherPlace() {
    String words = "123-45-6789";
    assertThat(PhraseRules.check(new Printed.Line(Part.LABEL, words))).isEmpty();
    assertThat(PhraseRules.check(new Printed.Line(Part.LABEL, words))).isEmpty();
    assertThat(PhraseRules.check(new Printed.Line(Part.DONOR, words))).hasSize(1);
    assertThat(PhraseRules.check(new Printed.Line(Part.DONOR, words))).hasSize(1);
  }

  @Test
  void whatIsRememberedIsBounded() {
    KnownClean<Integer> known = new KnownClean<>();
    int[] searched = {0};
    for (int i = 0; i <= KnownClean.MAX; i++) {
      int unused =
          known
              .check(
                  i,
                  one -> {
                    searched[0]++;
                    return List.of();
                  })
              .size();
    }
    assertThat(known.check(0, one -> List.of(new Refusal(Rule.T1, "looked again")))).hasSize(1);
    assertThat(searched[0]).isEqualTo(KnownClean.MAX + 1);
  }
}
