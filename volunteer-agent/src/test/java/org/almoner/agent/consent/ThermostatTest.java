package org.almoner.agent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ThermostatTest {
  private OptionalInt celsius = OptionalInt.of(60);
  private final Thermostat thermostat = new Thermostat(() -> celsius, 80);

  private boolean rests(int now) {
    celsius = OptionalInt.of(now);
    return thermostat.reasonToRest().isPresent();
  }

  @Test
  void itRestsAboveTheCeilingUntilFiveDegreesBelow() {
    assertThat(rests(80)).isFalse();
    assertThat(rests(81)).isTrue();
    assertThat(rests(76)).isTrue();
    assertThat(rests(75)).isFalse();
    assertThat(rests(80)).isFalse();
  }

  @Test
  void itSaysWhyInOneSentence() {
    rests(91);
    assertThat(thermostat.reasonToRest())
        .contains(
            "resting: the processor has 91 degrees Celsius, the ceiling is 80; work goes on at 75");
  }

  @Test
  void whatNobodyMeasuresIsNeverTooHot() {
    rests(91);
    celsius = OptionalInt.empty();
    assertThat(thermostat.reasonToRest()).isEmpty();
    assertThat(Thermostat.off().reasonToRest()).isEmpty();
  }

  @Test
  void aCeilingThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new Thermostat(() -> celsius, 39))
        .hasMessage("the temperature ceiling: expected 40 to 110 degrees Celsius, got 39");
    assertThatThrownBy(() -> new Thermostat(() -> celsius, 111)).hasMessageContaining("got 111");
    assertThatThrownBy(() -> new Restraint(0, Thermostat.off()))
        .hasMessage("share of the processors: expected 1 to 100 percent, got 0");
    assertThatThrownBy(() -> new Restraint(101, Thermostat.off())).hasMessageContaining("got 101");
  }
}
