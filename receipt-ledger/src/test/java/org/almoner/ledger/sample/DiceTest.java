package org.almoner.ledger.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DiceTest {
  private static final String TWENTY = "31652244162533416251";

  @Test
  void whiteSpaceMeansNothing() throws Exception {
    assertThat(Dice.parse("31652 24416\t25334\r\n16251\n")).isEqualTo(Dice.parse(TWENTY));
    assertThat(Dice.parse(TWENTY).rolls()).isEqualTo(TWENTY);
  }

  @Test
  void tooFewAreCounted() {
    assertThatThrownBy(() -> Dice.parse(TWENTY.substring(1)))
        .isInstanceOf(MalformedDice.class)
        .hasMessageStartingWith("there are 19 rolls; expected 20 to 1000");
    assertThatThrownBy(() -> Dice.parse(" \n")).hasMessageStartingWith("there are 0 rolls");
    assertThatThrownBy(() -> Dice.parse(TWENTY.repeat(51)))
        .hasMessageStartingWith("there are 1020 rolls");
  }

  @Test
  void whatIsNoSideOfADieIsNamed() {
    for (String wrong : new String[] {"0", "7", "-", "a", "\u0661", "\u00a0", "\0"}) {
      assertThatThrownBy(() -> Dice.parse("12" + wrong + TWENTY))
          .isInstanceOf(MalformedDice.class)
          .hasMessageStartingWith(
              "character 3 is " + String.format("U+%04X", (int) wrong.charAt(0)));
    }
  }

  @Test
  void anEndlessTextIsNotRead() {
    assertThatThrownBy(() -> Dice.parse(" ".repeat(Dice.TEXT_MAX) + TWENTY))
        .hasMessageContaining("at most 16384 are read");
  }

  @Test
  void fiftyDiceAre129Bits() throws Exception {
    assertThat(Dice.parse("1".repeat(50)).bits()).isEqualTo(129);
    assertThat(Dice.parse(TWENTY).bits()).isEqualTo(51);
  }

  @Test
  void anyTextIsReadOrRefusedInASentence() {
    Random random = new Random(7);
    String letters = "123456 \n0x\u20ac";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      int known = random.nextBoolean() ? 8 : letters.length();
      for (int j = 0; j < length; j++) {
        text.append(letters.charAt(random.nextInt(known)));
      }
      try {
        assertThat(Dice.parse(text.toString()).rolls())
            .isEqualTo(text.toString().replaceAll("\\s", ""));
      } catch (MalformedDice e) {
        assertThat(e.getMessage()).containsAnyOf("rolls; expected", "expected the digits");
      }
    }
  }
}
