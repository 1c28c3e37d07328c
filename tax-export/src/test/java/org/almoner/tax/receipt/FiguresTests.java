package org.almoner.tax.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.almoner.tax.jurisdiction.Notation;
import org.almoner.tax.jurisdiction.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTests {
  private static final Notation ENGLISH = Profile.generic().wording("en").notation();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "36000000|10.00",
        "66098160000|18,360.60",
        "3600000000000|1,000,000.00",
        "3617999|1.00",
        "3618000|1.01",
        "360000|0.100",
        "36000|0.0100",
        "4310|0.00120",
        "36|0.000010",
        "1|0.000000",
        "0|0.00",
      })
  void hoursHaveTwoDecimalsAndMoreWhereTheFirstDigitsWouldBeLost(long ms, String printed) {
    Figures column = Figures.column(Figures.MS_PER_HOUR, List.of(ms), ENGLISH);
    assertThat(column.print(ms)).isEqualTo(printed);
  }

  @Test
  void aColumnHasOneNumberOfDecimals() {
    Figures column =
        Figures.column(Figures.MS_PER_HOUR, List.of(3_600_000_000L, 360_000L, 0L), ENGLISH);
    assertThat(column.print(3_600_000_000L)).isEqualTo("1,000.000");
    assertThat(column.print(0)).isEqualTo("0.000");
  }

  @Test
  void theLargestAmountPrintsInFull() {
    Figures column = Figures.column(Figures.MS_PER_HOUR, List.of(Long.MAX_VALUE), ENGLISH);
    assertThat(column.print(Long.MAX_VALUE)).isEqualTo("2,562,047,788,015.22");
  }

  @Test
  void eachLanguageWritesNumbersInItsOwnWay() {
    List<Long> amounts = List.of(66_098_160_000L);
    assertThat(print("de", amounts)).isEqualTo("18.360,60");
    assertThat(print("fr", amounts)).isEqualTo("18\u202f360,60");
  }

  private static String print(String language, List<Long> amounts) {
    Notation notation = Profile.generic().wording(language).notation();
    return Figures.column(Figures.MS_PER_HOUR, amounts, notation).print(amounts.get(0));
  }
}
