package org.almoner.tax.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterReadingsTests {
  private static List<MeterReadings> parse(String rows) throws Exception {
    return MeterReadings.parse(("from,to,wh,computer\n" + rows).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theFileIsReadAgainToTheMillijoule() throws Exception {
    MeterReadings readings =
        new MeterReadings(
            "0123abcd",
            List.of(
                new MeterInterval(1_772_323_200_000L, 1_772_323_260_000L, 123_456_789L),
                new MeterInterval(1_772_323_260_500L, 1_772_323_320_000L, 1)));

    assertThat(MeterReadings.parse(readings.octets())).containsExactly(readings);
  }

  @Test
  void oneFileMayHoldSeveralComputers() throws Exception {
    List<MeterReadings> readings =
        parse(
            """
            2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,41.5,aaaaaaaa
            2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,12,bbbbbbbb
            2026-03-01T01:00:00Z,2026-03-01T02:00:00Z,40,aaaaaaaa
            """);

    assertThat(readings)
        .extracting(MeterReadings::computer)
        .containsExactly("aaaaaaaa", "bbbbbbbb");
    assertThat(readings.get(0).intervals()).hasSize(2);
  }

  @Test
  void whatIsWrongIsNamedWithLineAndColumn() {
    assertThatThrownBy(() -> parse("2026-03-01,2026-03-01T01:00:00Z,1,\n"))
        .hasMessageContaining("line 2, column from: expected a time in UTC");
    assertThatThrownBy(() -> parse("2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,-1,\n"))
        .hasMessageContaining("line 2, column wh: expected watt-hours");
    assertThatThrownBy(() -> parse("2026-03-01T00:00:00Z,2026-03-03T01:00:00Z,1,\n"))
        .hasMessageContaining("line 2: an interval lasts more than nothing and at most 25 hours");
    assertThatThrownBy(
            () ->
                parse(
                    "2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1,\n"
                        + "2026-03-01T00:30:00Z,2026-03-01T02:00:00Z,1,\n"))
        .hasMessage("line 3, column from: begins before the interval above it ends");
    assertThatThrownBy(() -> parse("2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1,PC\n"))
        .hasMessageContaining("first 8 to 64 hexadecimal digits");
    assertThatThrownBy(
            () -> MeterReadings.parse("time,power\n1,2\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("almoner meter import");
  }
}
