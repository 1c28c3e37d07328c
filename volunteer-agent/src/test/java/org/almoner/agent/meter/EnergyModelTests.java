package org.almoner.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.almoner.protocol.usage.Energy;
import org.junit.jupiter.api.Test;

class EnergyModelTests {
  @Test
  void anHourOfOneProcessorTakesTwoAndThreeQuarterWattHours() {
    assertThat(EnergyModel.of(3_600_000)).isEqualTo(new Energy(9_936, Energy.Tier.M3));
  }

  @Test
  void lessThanAJouleIsNothing() {
    assertThat(EnergyModel.of(362).joules()).isZero();
  }
}
