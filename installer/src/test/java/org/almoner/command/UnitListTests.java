package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitListTests {
  @Test
  void unitsComeInOrderAndOnce() {
    assertThat(UnitList.parse("7, 0,5-7,6", 10)).containsExactly(0L, 5L, 6L, 7L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| units are named like 0,5-7; got nothing",
        "1,,2| units are named like 0,5-7; got nothing",
        "-1| units are named like 0,5-7; got -1",
        "1-2-3| units are named like 0,5-7; got 1-2-3",
        "99999999999| units are named like 0,5-7; got 99999999999",
        "7-5| from 7 lies after to 5",
        "10| there is no unit 10; units are counted from 0 to 9",
        "0-9999999999| there is no unit 9999999999; units are counted from 0 to 9"
      })
  void whatNamesNoUnitIsToldInASentence(String text, String sentence) {
    assertThatThrownBy(() -> UnitList.parse(text, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void moreThanAnybodyRunsHereIsRefused() {
    assertThatThrownBy(() -> UnitList.parse("0-10000", 1_000_000))
        .hasMessage("name at most 10000 units at one time");
  }

  @Test
  void whateverIsTypedEndsInUnitsOrInASentence() {
    Random random = new Random(20261120);
    String letters = "0123456789-, x";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        assertThat(UnitList.parse(text.toString(), 50)).isNotEmpty().allMatch(unit -> unit < 50);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("For input string");
      }
    }
  }
}
