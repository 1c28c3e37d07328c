package org.almoner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.simulation.scenario.Scenario;
import org.almoner.simulation.scenario.Scenarios;
import org.almoner.simulation.strategy.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenariosTest {
  private static final String GOOD =
      "{\"name\":\"one\",\"about\":\"One computer.\",\"days\":3,"
          + "\"cohorts\":[{\"kind\":\"honest\",\"hosts\":1}]}";

  @Test
  void eachScenarioIsNamedAsItsFile() throws Exception {
    for (Scenario each : Scenarios.all()) {
      assertThat(Scenarios.find(each.name())).contains(each);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void eachWayToBehaveIsInSomeScenario(Kind kind) throws Exception {
    assertThat(Scenarios.all())
        .anyMatch(each -> each.cohorts().stream().anyMatch(cohort -> cohort.kind() == kind));
  }

  @Test
  void whatIsNotSaidIsUsual() throws Exception {
    Scenario read = parse(GOOD);
    assertThat(read.unitMinutes()).isEqualTo(120);
    assertThat(read.cohorts().get(0).donors()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"honest", "\"hosts\":1", "\"days\":3", "\"about\""})
  void whatIsMissingOrUnknownIsNamed(String part) {
    assertThatThrownBy(
            () ->
                parse(
                    GOOD.replace(
                        part, part.replace('o', 'u').replace('1', '0').replace("days", "dais"))))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("\"");
  }

  @Test
  void moreComputersAreSharedOutAsBefore() throws Exception {
    Scenario few = Scenarios.find("few").orElseThrow();
    assertThat(few.withHosts(230).cohorts().get(0).hosts()).isEqualTo(200);
    assertThat(few.withHosts(230).cohorts().get(1).hosts()).isEqualTo(10);
  }

  private static Scenario parse(String text) throws MalformedJson {
    return Scenario.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
