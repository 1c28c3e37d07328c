package org.almoner.tax.donor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFormTests {
  @ParameterizedTest
  @CsvSource({
    "US, 'Springfield, IL 62704'",
    "US, St. Paul MN 55101-1234",
    "DE, 10115 Berlin",
    "DE, 04109 Leipzig",
    "FR, 75001 PARIS",
    "FR, 97400 Saint-Denis CEDEX",
    "GB, SW1A 1AA",
    "GB, LONDON EC1A 1BB",
    "CA, Ottawa ON  K1A 0B1",
    "CA, 'Montréal, QC H2Y1C6'",
    "JP, 100-0001",
    "'', anything",
  })
  void theTownsLineOfACountryPasses(String country, String town) {
    assertThat(AddressForm.objection(country, List.of("1 Street", town))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "US, Springfield IL",
    "US, '62704 Springfield, IL'",
    "DE, D-1011 Berlin",
    "DE, Berlin",
    "FR, PARIS 75001",
    "GB, London",
    "CA, Ottawa ON",
  })
  void anotherIsNamedWithAnExample(String country, String town) {
    assertThat(AddressForm.objection(country, List.of("1 Street", town)))
        .hasValueSatisfying(
            said ->
                assertThat(said)
                    .startsWith("the last line of an address in " + country + " is like \"")
                    .endsWith("got \"" + town + "\""));
  }

  @Test
  void anAddressNeedsAStreetAndNoneIsNoFault() {
    assertThat(AddressForm.objection("DE", List.of("10115 Berlin")))
        .hasValueSatisfying(said -> assertThat(said).contains("a line for street or box"));
    assertThat(AddressForm.objection("DE", List.of())).isEmpty();
  }
}
