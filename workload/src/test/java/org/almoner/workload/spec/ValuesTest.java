package org.almoner.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void sizesAreWrittenInTheLargestUnitThatFits() {
    assertThat(new ByteSize(64L << 20)).hasToString("64MiB");
    assertThat(new ByteSize(1536L << 20)).hasToString("1536MiB");
    assertThat(new ByteSize(0)).hasToString("0KiB");
    assertThat(new ByteSize(1000)).hasToString("1000 bytes");
  }

  @Test
  void likelySizesAndTimesAreOffered() {
    assertRefused(() -> ByteSize.parse("2 gb"), "did you mean 2GiB?");
    assertRefused(() -> ByteSize.parse("64m"), "did you mean 64MiB?");
    assertRefused(() -> TimeLimit.parse("2 hours"), "did you mean 2h?");
    assertRefused(() -> TimeLimit.parse("600"), "such as 10m");
    assertRefused(() -> ByteSize.parse("9999999999GiB"), "is more than 1024GiB");
  }

  @Test
  void anApprovedLicenceIsTakenAndANearOneOffered() {
    assertThat(new Licence("Apache-2.0")).hasToString("Apache-2.0");
    assertRefused(
        () -> new Licence("Apache 2"), "\"Apache\" is not an OSI-approved SPDX identifier");
    assertRefused(() -> new Licence("apache-2.0"), "did you mean Apache-2.0?");
    assertRefused(() -> new Licence("CC-BY-NC-4.0"), "open-source software only");
    assertRefused(() -> new Licence("AGPL-3.0"), "AGPL-3.0-only or AGPL-3.0-or-later");
  }

  @Test
  void everyListedLicenceIsAnIdentifier() {
    assertThat(Licence.APPROVED)
        .hasSizeBetween(120, 200)
        .contains("MIT", "GPL-3.0-only", "MPL-2.0", "EUPL-1.2")
        .allMatch(id -> id.matches("[0-9A-Za-z][0-9A-Za-z.-]*"));
  }

  @Test
  void aPatternFitsTheFilesOfItsFolderThatItDescribes() {
    FilePattern pattern = new FilePattern("in.puts/a?c*.txt");

    assertThat(pattern.folder()).isEqualTo("in.puts");
    assertThat(pattern.fits("abc1.txt")).isTrue();
    assertThat(pattern.fits("abc.txt")).isTrue();
    assertThat(pattern.fits("abcxtxt")).isFalse();
    assertThat(pattern.fits("xabc.txt")).isFalse();
    assertThat(new FilePattern("*").fits(".hidden")).isFalse();
    assertThat(new FilePattern("*").folder()).isEmpty();
  }

  @Test
  void aFaultSaysWhereInTheWayEditorsJumpTo() {
    assertThat(new Fault(9, 15, "units.files", "matches nothing"))
        .hasToString("9:15  units.files: matches nothing");
    assertThatIllegalArgumentException().isThrownBy(() -> new Fault(0, 1, "", "x"));
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(sentence);
  }
}
