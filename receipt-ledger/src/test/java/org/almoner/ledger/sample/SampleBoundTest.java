package org.almoner.ledger.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleBoundTest {
  /** Each counted by another program, term by term, from zero upward. */
  @ParameterizedTest
  @CsvSource({
    "1000,    0,  0, 1001",
    "1000,    1,  0,  950",
    "1000,   20,  0,  138",
    "1000,   59,  0,   49",
    "1000,  300,  0,    9",
    "1000, 1000,  0,    1",
    "1000, 1000,  3,    4",
    "1000,   60,  1,   75",
    "1000,   60,  3,  122",
    "1000,   59, 58, 1000",
    "  12,    5,  2,    9",
    "  10,   10, 10,   11",
    "   2,    1,  1,    3",
    "   0,    0,  0,    1",
  })
  void theBoundIsExact(long population, long sampled, long bad, long fewer) {
    assertThat(SampleBound.fewerThan(population, sampled, bad)).isEqualTo(fewer);
  }

  /** The rule of three: of many, none bad among n says that fewer than 3 of n are. */
  @Test
  void ofManyItIsTheRuleOfThree() {
    long fewer = SampleBound.fewerThan(100_000_000, 300, 0);

    assertThat(fewer / 100_000_000.0).isBetween(0.0098, 0.0100);
  }

  @Test
  void aThousandOfAHundredMillionIsWorkedOutAtOnce() {
    assertThat(SampleBound.fewerThan(100_000_000, 1_000, 5)).isBetween(1_000_000L, 1_060_000L);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> SampleBound.fewerThan(5, 6, 0))
        .hasMessage("0 bad of 6 sampled of 5 cannot be");
    assertThatThrownBy(() -> SampleBound.fewerThan(5, 3, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
