package org.almoner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.almoner.coordinator.validation.Rule;
import org.almoner.simulation.scenario.Scenario;
import org.almoner.simulation.scenario.Scenarios;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule against forged work has a scenario that fails when it is left out, and only then. */
@Tag("long")
class RulesTest {
  private static final long SEEDS = 5;

  @ParameterizedTest
  @CsvSource({
    "DRAWN_CHECKS, careful",
    "CAUGHT_LOSES_UNMATURED, campaigns",
    "TAILS_CHECKED, tails",
    "ONE_LINE_A_LEASE, replay"
  })
  void aRuleThatIsLeftOutIsMissed(Rule rule, String name) throws Exception {
    Scenario scenario = Scenarios.find(name).orElseThrow();
    long failing = failingWithout(rule, scenario);
    assertThat(Simulation.run(scenario, failing, (day, entries) -> {}).others().survivedMs())
        .isNotNegative();
  }

  private static long failingWithout(Rule rule, Scenario scenario) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        var unused =
            Simulation.run(scenario, seed, (day, entries) -> {}, config -> config.without(rule));
      } catch (Broken e) {
        return seed;
      }
    }
    return fail("nothing fails without " + rule);
  }
}
