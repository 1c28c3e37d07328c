package org.almoner.coordinator.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.junit.jupiter.api.Test;

class MachineTimeTests {
  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  @Test
  void eachProcessorGivesAMillisecondInAMillisecond() {
    assertThat(MachineTime.NEW.free(4, NOW - HOUR, NOW)).isEqualTo(4 * HOUR);
    MachineTime after = MachineTime.NEW.take(4, NOW - HOUR, NOW, 3 * HOUR);
    assertThat(after.free(4, NOW - HOUR, NOW)).isEqualTo(HOUR);
    assertThat(after.free(4, NOW - HOUR, NOW + HOUR)).isEqualTo(5 * HOUR);
  }

  @Test
  void timeBeforeTheOldestLeaseLapses() {
    MachineTime rested = MachineTime.NEW.take(1, NOW - HOUR, NOW, HOUR);
    long later = NOW + 1_000 * HOUR;
    assertThat(rested.free(1, later - HOUR, later)).isEqualTo(HOUR);
  }

  @Test
  void aLongLeaseBesideShortOnesKeepsWhatIsItsOwn() {
    long begin = NOW;
    MachineTime account = MachineTime.NEW;
    for (int hour = 1; hour <= 48; hour++) {
      account = account.take(2, begin, begin + hour * HOUR, HOUR);
    }
    assertThat(account.free(2, begin, begin + 48 * HOUR)).isEqualTo(48 * HOUR);
  }

  @Test
  void moreThanIsFreeLeavesNothing() {
    assertThat(MachineTime.NEW.take(1, NOW - 10, NOW, 11).freeMs()).isZero();
  }

  @Test
  void aMachineThatLosesProcessorsKeepsWhatTheyHadGiven() {
    MachineTime shrunk = MachineTime.NEW.take(8, NOW - HOUR, NOW - HOUR, 0).changed(8, 2, NOW);
    assertThat(shrunk.free(2, NOW - HOUR, NOW + HOUR)).isEqualTo((8 + 2) * HOUR);
    assertThat(shrunk.coresSince(2, NOW - HOUR)).isEqualTo(8);
    assertThat(shrunk.coresSince(2, NOW)).isEqualTo(2);
  }

  @Test
  void processorsThatAreAddedGiveNothingForTheTimeBefore() {
    MachineTime grown = MachineTime.NEW.take(1, NOW - HOUR, NOW, HOUR).changed(1, 256, NOW);
    assertThat(grown.free(256, NOW - HOUR, NOW)).isZero();
    assertThat(grown.free(256, NOW - HOUR, NOW + 1_000)).isEqualTo(256_000);
  }

  @Test
  void aClockSetBackTakesNothingAway() {
    MachineTime account = MachineTime.NEW.take(1, NOW - HOUR, NOW, 0);
    assertThat(account.free(1, NOW - HOUR, NOW - HOUR / 2)).isEqualTo(HOUR / 2);
    assertThat(account.take(1, NOW - HOUR, NOW - HOUR / 2, 0).atMs()).isEqualTo(NOW);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    MachineTime account = new MachineTime(1, 2, 3, 4);
    RowWriter out = new RowWriter(1);
    account.write(out);
    RowReader in = new RowReader("row", out.finish(), 1);
    assertThat(MachineTime.read(in)).isEqualTo(account);
    in.end();
  }
}
