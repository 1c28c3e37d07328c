package org.almoner.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.almoner.protocol.usage.Energy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine of two processors that takes 10 W at rest and 20 W more for each busy processor. */
class EnergyMeterTest {
  @TempDir Path directory;

  private long nowMs = 1_000_000;
  private long busyMs = 500;
  private double microjoules = 123;
  private boolean readable = true;

  private final EnergyCounter counter =
      new EnergyCounter() {
        @Override
        public Optional<Level> read() {
          return readable ? Optional.of(new Level(nowMs, (long) microjoules)) : Optional.empty();
        }

        @Override
        public Energy.Tier tier() {
          return Energy.Tier.M2;
        }
      };

  private final EnergyMeter meter =
      new EnergyMeter(Optional.of(counter), () -> OptionalLong.of(busyMs), 2);

  private void pass(long ms, double busyProcessors) {
    nowMs += ms;
    busyMs += (long) (ms * busyProcessors);
    microjoules += ms * (10_000 + 20_000 * busyProcessors);
  }

  @Test
  void aUnitTookWhatIsAboveTheIdleLevel() {
    pass(60_000, 0);
    EnergyMeter.Stretch unit = meter.begin();
    pass(100_000, 1);
    assertThat(unit.end(100_000, 100_000)).containsExactly(new Energy(2_000, Energy.Tier.M2));
  }

  @Test
  void andOfThatItsShareOfTheProcessorTime() {
    pass(60_000, 0);
    EnergyMeter.Stretch unit = meter.begin();
    pass(100_000, 2);
    assertThat(unit.end(100_000, 50_000)).containsExactly(new Energy(1_000, Energy.Tier.M2));
  }

  @Test
  void withoutAnIdleLevelNothingIsSaid() {
    pass(60_000, 1);
    EnergyMeter.Stretch unit = meter.begin();
    pass(100_000, 1);
    assertThat(unit.end(100_000, 100_000)).isEmpty();
  }

  @Test
  void whileAUnitRunsNoIdleLevelIsTaken() {
    EnergyMeter.Stretch first = meter.begin();
    pass(60_000, 0);
    meter.rest();
    first.end(60_000, 0);
    EnergyMeter.Stretch second = meter.begin();
    pass(100_000, 1);
    assertThat(second.end(100_000, 100_000)).isEmpty();
  }

  @Test
  void theIdleLevelFollowsTheMachine() {
    for (int minute = 0; minute < 40; minute++) {
      pass(60_000, 0);
      microjoules += 60_000 * 5_000.0;
      meter.rest();
    }
    EnergyMeter.Stretch unit = meter.begin();
    pass(100_000, 1);
    microjoules += 100_000 * 5_000.0;
    assertThat(unit.end(100_000, 100_000)).containsExactly(new Energy(2_000, Energy.Tier.M2));
  }

  @Test
  void aCounterThatWentSilentOrLagsSaysNothing() {
    pass(60_000, 0);
    EnergyMeter.Stretch silent = meter.begin();
    pass(100_000, 1);
    readable = false;
    assertThat(silent.end(100_000, 100_000)).isEmpty();
    readable = true;
    EnergyMeter.Stretch lagging = meter.begin();
    pass(60_000, 1);
    assertThat(lagging.end(100_000, 100_000)).isEmpty();
  }

  @Test
  void aMachineWithoutCounterSaysNothing() {
    EnergyMeter none = new EnergyMeter(Optional.empty(), () -> OptionalLong.of(0), 2);
    assertThat(none.begin().end(1_000, 1_000)).isEmpty();
    assertThat(none.counts()).isFalse();
  }

  @Test
  void packagesAreAddedAndWrapAndTheirPartsAreNotCountedTwice() throws Exception {
    Path sys = Trees.copy("sys", directory);
    EnergyCounter packages = Powercap.find(sys, () -> OptionalLong.of(77)).orElseThrow();
    Path first = sys.resolve("class/powercap/intel-rapl_0/energy_uj");
    Files.writeString(first, "1000\n");
    Files.writeString(sys.resolve("class/powercap/intel-rapl_0_0/energy_uj"), "999000000\n");
    Files.writeString(sys.resolve("class/powercap/intel-rapl_1/energy_uj"), "7000500\n");
    assertThat(packages.read())
        .contains(new EnergyCounter.Level(77, 262_143_328_850L - 262_143_000_000L + 1_000 + 500));
    assertThat(packages.tier()).isEqualTo(Energy.Tier.M2);
    Files.writeString(first, "");
    assertThat(packages.read()).as("not readable any more").isEmpty();
  }

  @Test
  void whereThereAreNoCountersNoneIsFound() {
    assertThat(Powercap.find(directory, () -> OptionalLong.of(0))).isEmpty();
  }

  @Test
  void theLastWholeLineOfAWallMetersFileIsRead() throws Exception {
    Path file = directory.resolve("meter.csv");
    WallMeterFile meter = new WallMeterFile(file);
    assertThat(meter.read()).as("not there yet").isEmpty();
    Files.writeString(file, "1795230000000,81234.5\n1795230010000,81834.75\n17952300");
    assertThat(meter.read()).contains(new EnergyCounter.Level(1_795_230_010_000L, 81_834_750_000L));
    assertThat(meter.tier()).isEqualTo(Energy.Tier.M1);
    for (String wrong : new String[] {"\n", "x,1\n", "1\n", "1,2,3\n", "1,\n", ",1\n", "1,1e\n"}) {
      Files.writeString(file, wrong);
      assertThat(meter.read()).as(wrong).isEmpty();
    }
  }

  @Test
  void theHottestProcessorSensorIsTheTemperature() throws Exception {
    assertThat(new Thermometer(Trees.named("sys")).celsius()).hasValue(63);
    Path sys = Trees.copy("sys", directory);
    Files.writeString(sys.resolve("class/thermal/thermal_zone1/temp"), "71500\n");
    Files.writeString(sys.resolve("class/hwmon/hwmon1/temp1_input"), "");
    assertThat(new Thermometer(sys).celsius()).hasValue(71);
    assertThat(new Thermometer(directory.resolve("nowhere")).celsius()).isEmpty();
  }
}
