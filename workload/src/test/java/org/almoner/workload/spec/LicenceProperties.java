package org.almoner.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class LicenceProperties {
  private static final List<String> PIECES =
      List.of(
          "MIT",
          "Apache-2.0",
          "GPL-3.0",
          "+",
          "(",
          ")",
          " ",
          "AND",
          "OR",
          "WITH",
          "and",
          "LLVM-exception",
          "\t",
          "\u00e9",
          "-only",
          "CC-BY-4.0");

  /** The reader ends with a licence or with a fault inside the text, whatever it is given. */
  @Property(tries = 2000)
  void anyPiecesAreReadOrRefusedAtAPlaceInside(@ForAll("pieces") String text) {
    try {
      assertThat(new Licence(text).expression()).isEqualTo(text);
    } catch (Misplaced fault) {
      assertThat(fault.at()).isBetween(0, text.length());
      assertThat(fault.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  @Property(tries = 1000)
  void anyTextIsReadOrRefused(@ForAll @Size(max = 250) String text) {
    try {
      assertThat(new Licence(text).expression()).isEqualTo(text);
    } catch (Misplaced fault) {
      assertThat(fault.at()).isBetween(0, text.length());
    }
  }

  /** Whoever joins what is approved with AND and OR stays approved. */
  @Property(tries = 300)
  void approvedPartsJoinedAreApproved(@ForAll("approved") List<String> ids) {
    String text =
        ids.stream().map(id -> "(" + id + ")").collect(Collectors.joining(" OR ", "(", ")"));
    assertThat(new Licence(text).expression()).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES).list().ofMaxSize(14).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<String>> approved() {
    return Arbitraries.of(SpdxList.APPROVED).list().ofMinSize(1).ofMaxSize(5);
  }
}
