package org.almoner.tax.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.almoner.tax.csv.MalformedCsv;
import org.junit.jupiter.api.Test;

class PlugExportTests {
  private static final long WH = MeterInterval.MILLIJOULES_PER_WH;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static PlugExport read(String text) throws MalformedCsv {
    return PlugExport.read(text(text), PlugQuestion.NONE);
  }

  private static PlugExport read(String zone, String text) throws MalformedCsv {
    return PlugExport.read(
        text(text), new PlugQuestion("", "", "", "", "", List.of(ZoneId.of(zone)), ""));
  }

  private static PlugExport asked(String kind, String unit, String text) throws MalformedCsv {
    return PlugExport.read(
        text(text), new PlugQuestion("", "", kind, unit, "", List.of(), "0123abcd"));
  }

  private static MeterInterval hours(String from, int hours, long wattHours) {
    long ms = Instant.parse(from).toEpochMilli();
    return new MeterInterval(ms, ms + hours * 3_600_000L, wattHours * WH);
  }

  @Test
  void aTasmotaCounterGivesDifferences() throws Exception {
    PlugExport read =
        read(
            "UTC",
            """
            Time,ENERGY.Total,ENERGY.Power
            2026-03-01T00:00:00,3.705,5
            2026-03-01T01:00:00,3.805,6
            2026-03-01T02:00:00,3.905,7
            """);

    assertThat(read.readings().intervals())
        .containsExactly(
            hours("2026-03-01T00:00:00Z", 1, 100), hours("2026-03-01T01:00:00Z", 1, 100));
    assertThat(read.understood())
        .isEqualTo(
            "3 readings; column Time as times (UTC where none is said), column ENERGY.Total as"
                + " counter in kWh");
  }

  @Test
  void aShellyExportGivesIntervalsAndTheLastLastsAsLongAsTheOneBefore() throws Exception {
    PlugExport read =
        read(
            """
            Date/time UTC,Active energy Wh (A),Returned energy Wh (A),Min V,Max V
            2026-03-01 00:00,50.0,0,229,231
            2026-03-01 01:00,60.0,0,229,231
            """);

    assertThat(read.readings().intervals())
        .containsExactly(
            hours("2026-03-01T00:00:00Z", 1, 50), hours("2026-03-01T01:00:00Z", 1, 60));
  }

  @Test
  void homeAssistantPowerLastsUntilTheNextAndSilenceIsLeftOut() throws Exception {
    PlugExport read =
        asked(
            "power",
            "",
            """
            entity_id,state,last_changed
            sensor.pc_power,100,2026-03-01T00:00:00.000Z
            sensor.pc_power,200,2026-03-01T00:30:00.000Z
            sensor.pc_power,unavailable,2026-03-01T01:00:00.000Z
            sensor.pc_power,100,2026-03-01T01:30:00.000Z
            sensor.pc_power,100,2026-03-01T09:30:00.000Z
            """);

    assertThat(read.readings().intervals())
        .extracting(MeterInterval::millijoules)
        .containsExactly(50 * WH, 100 * WH);
    assertThat(read.gaps()).isEqualTo(2);
    assertThat(read.gapMs()).isEqualTo((8 * 60 + 30) * 60_000L);
    assertThat(read.readings().computer()).isEqualTo("0123abcd");
  }

  @Test
  void aSensorOfWhichTheUnitIsNotKnownIsAskedFor() {
    assertThatThrownBy(() -> read("entity_id,state,last_changed\na,1,2026-03-01T00:00:00Z\n"))
        .hasMessage(
            "line 1, column state: does not tell its unit; add --unit kWh, --unit Wh or --unit W");
    assertThatThrownBy(
            () ->
                asked(
                    "",
                    "kWh",
                    "entity_id,state,last_changed\na,1,2026-03-01T00:00:00Z\nb,1,2026-03-01T00:00:00Z"))
        .hasMessageContaining("say which sensor with --entity, of a, b");
  }

  @Test
  void whereACounterFellNothingIsMadeUp() throws Exception {
    PlugExport read =
        asked(
            "",
            "",
            """
            ts,total_kwh
            1772323200,10.0
            1772326800,10.1
            1772330400,0.02
            1772334000,0.12
            """);

    assertThat(read.resets()).isEqualTo(1);
    assertThat(read.readings().intervals())
        .containsExactly(
            hours("2026-03-01T00:00:00Z", 1, 100), hours("2026-03-01T02:00:00Z", 1, 100));
  }

  @Test
  void daysApartIsAGapEvenOfACounter() throws Exception {
    PlugExport read =
        asked("", "", "ts,total_kwh\n1772323200,1\n1772326800,1.1\n1772586000,9\n1772589600,9.1\n");

    assertThat(read.readings().intervals()).hasSize(2);
    assertThat(read.gaps()).isEqualTo(1);
  }

  @Test
  void newestFirstIsTurnedRound() throws Exception {
    PlugExport read = asked("", "", "ts,total_kwh\n1772326800,1.1\n1772323200,1.0\n");

    assertThat(read.readings().intervals()).containsExactly(hours("2026-03-01T00:00:00Z", 1, 100));
  }

  @Test
  void theHourThatAutumnHasTwiceIsReadTwice() throws Exception {
    PlugExport read =
        read(
            "Europe/Berlin",
            """
            time,total_kwh
            2026-10-25 01:00,1.0
            2026-10-25 02:00,1.1
            2026-10-25 02:00,1.2
            2026-10-25 03:00,1.3
            """);

    assertThat(read.readings().intervals())
        .containsExactly(
            hours("2026-10-24T23:00:00Z", 1, 100),
            hours("2026-10-25T00:00:00Z", 1, 100),
            hours("2026-10-25T01:00:00Z", 1, 100));
  }

  @Test
  void theHourThatSpringLacksIsNoGapAndATimeInItIsNamed() throws Exception {
    String before = "time;total_kwh\n29.03.2026 01:00;1,0\n";

    assertThat(read("Europe/Berlin", before + "29.03.2026 03:00;1,1\n").readings().intervals())
        .containsExactly(hours("2026-03-29T00:00:00Z", 1, 100));
    assertThatThrownBy(() -> read("Europe/Berlin", before + "29.03.2026 02:30;1,1\n"))
        .hasMessageContaining(
            "line 3, column time: there was no 29.03.2026 02:30 in Europe/Berlin");
  }

  @Test
  void aLocalTimeNeedsAZone() {
    assertThatThrownBy(() -> read("time,power\n2026-03-01 00:00,5\n2026-03-01 00:01,5\n"))
        .hasMessageContaining("line 2, column time")
        .hasMessageContaining("add --zone");
  }

  @Test
  void whatCannotBeIsNamedWithItsLine() {
    assertThatThrownBy(() -> asked("", "", "ts,power\n1772323200,5000\n1772323260,5000\n"))
        .hasMessage(
            "line 2, column power: 5000 W is more than a plug carries (4000 W); is it the right"
                + " column and unit?");
    assertThatThrownBy(() -> asked("", "", "ts,power\n1772323200,5\n1772323260,-5\n"))
        .hasMessageContaining("line 3, column power: -5 is no reading");
    assertThatThrownBy(() -> asked("", "", "ts,power\n1772323200,5 W\n1772323260,5\n"))
        .hasMessageContaining("line 2, column power: expected a figure");
    assertThatThrownBy(() -> asked("", "", "ts,power\n1772323200,5\n1772323100,5\n1772323260,5\n"))
        .hasMessageContaining("line 3, column ts: 2026-02-28T23:58:20Z lies before");
    assertThatThrownBy(() -> read("ts,blue\n1,2\n")).hasMessageContaining("--value-column");
    assertThatThrownBy(() -> read("red,power\n1,2\n")).hasMessageContaining("--time-column");
    assertThatThrownBy(() -> asked("power", "kWh", "ts,power\n1772323200,5\n"))
        .hasMessageContaining("is read as power, which is not in kWh");
  }

  @Test
  void aMonthOfMinutesIsReadWhole() throws Exception {
    StringBuilder text = new StringBuilder("ts,power\n");
    for (int minute = 0; minute < 60 * 24 * 30; minute++) {
      text.append(1_772_323_200L + minute * 60L).append(",120.5\n");
    }

    assertThat(asked("", "", text.toString()).readings().intervals()).hasSize(60 * 24 * 30 - 1);
  }
}
