package org.almoner.agent.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private static final long MS = 1_000_000;

  private long nanos = 987_654_321;
  private long calendarMs = 1_795_230_000_000L;
  private OptionalLong sinceBootMs = OptionalLong.of(5_000);
  private final Stopwatch watch = new Stopwatch(() -> nanos);

  private void pass(long ms) {
    nanos += ms * MS;
    calendarMs += ms;
    sinceBootMs =
        sinceBootMs.isPresent() ? OptionalLong.of(sinceBootMs.getAsLong() + ms) : sinceBootMs;
  }

  @Test
  void timeInWhichItIsHeldDoesNotPass() {
    pass(100);
    watch.hold();
    pass(5_000);
    assertThat(watch.ranMs()).isEqualTo(100);
    watch.free();
    pass(50);
    assertThat(watch.ranMs()).isEqualTo(150);
  }

  @Test
  void aLookThatComesASecondLateChangesNothing() {
    pass(2_000);
    watch.look(1_000, 0);
    assertThat(watch.ranMs()).isEqualTo(2_000);
  }

  @Test
  void timeInWhichTheMachineSleptDoesNotPass() {
    pass(8 * 3_600_000);
    watch.look(1_000, 0);
    assertThat(watch.ranMs()).isEqualTo(1_000);
    pass(500);
    watch.look(500, 500);
    assertThat(watch.ranMs()).isEqualTo(1_500);
  }

  @Test
  void whereOnlyTheAgentSleptTheUnitsTimeCountsAsFarAsItWorked() {
    pass(61_000);
    watch.look(1_000, 40_000);
    assertThat(watch.ranMs()).isEqualTo(41_000);
  }

  private Calendar calendar() {
    return new Calendar(
        new Clocks(() -> Instant.ofEpochMilli(calendarMs), () -> nanos), () -> sinceBootMs);
  }

  @Test
  void aCalendarThatIsSetMovesNoEnd() {
    Calendar run = calendar();
    pass(60_000);
    long truth = run.startMs() + 60_000;
    calendarMs += 3_600_000;
    assertThat(run.endMs(60_000)).isEqualTo(truth);
    calendarMs -= 7_200_000;
    assertThat(run.endMs(60_000)).isEqualTo(truth);
  }

  @Test
  void sleepLiesBetweenStartAndEnd() {
    Calendar run = calendar();
    pass(60_000);
    calendarMs += 3_600_000;
    sinceBootMs = OptionalLong.of(sinceBootMs.getAsLong() + 3_600_000);
    assertThat(run.endMs(60_000)).isEqualTo(run.startMs() + 3_660_000);
  }

  @Test
  void whereTheSystemDoesNotTellTheEndIsNeverBeforeWhatPassed() {
    sinceBootMs = OptionalLong.empty();
    Calendar run = calendar();
    pass(60_000);
    calendarMs -= 3_600_000;
    assertThat(run.endMs(0)).isEqualTo(run.startMs() + 60_000);
  }
}
