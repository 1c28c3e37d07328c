package org.almoner.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  @Test
  void aDayLastsUntilItsEndInUtc() {
    assertThat(Instant.ofEpochMilli(Deadline.parse("2026-12-31").endMs()))
        .isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2026", "2026-13-01", "2026-02-30", "31.12.2026", "1969-01-01", "2026-1-1"})
  void whatIsNoDateIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> Deadline.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no date: write year, month and day, such as 2026-12-31");
  }
}
