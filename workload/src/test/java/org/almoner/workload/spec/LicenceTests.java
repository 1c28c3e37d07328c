package org.almoner.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicenceTests {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MIT",
        "MIT OR Apache-2.0",
        "MIT AND (Zlib OR BSD-3-Clause)",
        "((MIT))",
        "(MIT OR Zlib)AND(ISC)",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "Apache-2.0 WITH LLVM-exception OR MIT",
        "Apache-2.0+",
        "EUPL-1.2"
      })
  void anExpressionOfApprovedLicencesIsTaken(String expression) {
    assertThat(new Licence(expression)).hasToString(expression);
  }

  /** A bar ends each expression, so that blanks at its end are seen. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MIT OR Apache-3.0; 7; \"Apache-3.0\" is not an OSI-approved SPDX identifier; Apache-2.0",
        "(MIT AND CC-BY-NC-4.0); 9; CC-BY-NC-4.0 is not approved by the Open Source Initiative; ''",
        "MIT or Zlib; 4; write OR in capitals; ''",
        "MIT Zlib; 4; expected AND, OR or the end, got \"Zlib\"; ''",
        "MIT OR; 6; a licence is missing here; ''",
        "OR MIT; 0; a licence is missing here; before \"OR\"",
        "MIT AND ()); 9; a licence is missing here; ''",
        "(MIT; 4; a parenthesis is not closed; ''",
        "MIT) OR Zlib; 3; a parenthesis is closed here that was not opened; ''",
        "GPL-3.0; 0; GPL-3.0 is ambiguous; GPL-3.0-or-later",
        "LGPL-2.1+; 0; LGPL-2.1+ is an old form; LGPL-2.1-or-later",
        "GPL-2.0-only+; 0; contradicts itself; GPL-2.0-only",
        "MIT++; 0; \"MIT++\" is not; MIT",
        "GPL-2.0-only WITH Classpath-exception-2; 18; is no exception; Classpath-exception-2.0",
        "MIT WITH; 8; is no exception that SPDX lists; ''",
        "LicenseRef-mine; 0; \"LicenseRef-mine\" is not an OSI-approved; ''"
      })
  void theFirstPartThatIsWrongIsNamedWithItsPlace(
      String expression, int at, String sentence, String meant) {
    Misplaced fault = catchThrowableOfType(Misplaced.class, () -> new Licence(expression));

    assertThat(fault).as(expression).isNotNull();
    assertThat(fault).hasMessageContaining(sentence).hasMessageContaining(meant);
    assertThat(fault.at()).isEqualTo(at);
  }

  @Test
  void anEndlessExpressionIsRefused() {
    String endless = "MIT OR ".repeat(40) + "MIT";
    assertThat(catchThrowableOfType(Misplaced.class, () -> new Licence(endless)))
        .hasMessageContaining("the licence has 283 characters; at most 200");
  }

  /** The column is that of the part, also behind a quote; in a folded text that of the value. */
  @ParameterizedTest
  @CsvSource({
    "MIT OR Foo, 4:19",
    "'\"MIT OR Foo\"', 4:20",
    "'\"MIT \\u004fR Foo\"', 4:12",
    "'(MIT OR Foo)', 4:20"
  })
  void theFaultStandsInTheFileWhereThePartDoes(String written, String place) {
    String file =
        """
        apiVersion: almoner/v1
        release:
          name: x1x
          license: %s
        """
            .formatted(written);
    Faults faults =
        catchThrowableOfType(
            Faults.class, () -> WorkloadFile.parse(file.getBytes(StandardCharsets.UTF_8)));
    assertThat(faults.faults())
        .filteredOn(fault -> fault.path().equals("release.license"))
        .extracting(fault -> fault.line() + ":" + fault.column())
        .containsExactly(place);
  }

  @Test
  void theListHoldsWhatSpdxMarks() {
    assertThat(SpdxList.ALL).hasSize(727).contains("GPL-2.0", "CC-BY-NC-4.0");
    assertThat(SpdxList.APPROVED).hasSize(136).doesNotContain("GPL-2.0", "GPL-2.0+");
    assertThat(SpdxList.EXCEPTIONS).contains("LLVM-exception").hasSizeGreaterThan(60);
  }
}
