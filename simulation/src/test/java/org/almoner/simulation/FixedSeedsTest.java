package org.almoner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.almoner.simulation.report.Figures;
import org.almoner.simulation.scenario.Scenario;
import org.almoner.simulation.scenario.Scenarios;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong, what must hold does: the invariants are asked in every run. */
class FixedSeedsTest {
  private static final int HOSTS = 12;
  private static final int DAYS = 6;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everythingHoldsWhateverGoesWrong(long seed) throws Exception {
    assertThat(run("few", seed).honest().countedMs()).isPositive();
  }

  static LongStream moreSeeds() {
    return LongStream.rangeClosed(4, 20);
  }

  @ParameterizedTest
  @MethodSource("moreSeeds")
  @Tag("long")
  void andFromMoreSeeds(long seed) throws Exception {
    everythingHoldsWhateverGoesWrong(seed);
  }

  /** Lines of the file: a scenario's name, and a seed from which something once did not hold. */
  static Stream<List<String>> seedsThatFailedOnce() throws IOException {
    try (InputStream file = FixedSeedsTest.class.getResourceAsStream("seeds-that-failed.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(l -> List.of(l.split(" ")));
    }
  }

  @ParameterizedTest
  @MethodSource("seedsThatFailedOnce")
  void whatFailedOnceDoesNotFailAgain(List<String> words) throws Exception {
    Scenario scenario = Scenarios.find(words.get(0)).orElseThrow();
    Figures figures = Simulation.run(scenario, Long.parseLong(words.get(1)), (day, entries) -> {});
    assertThat(figures.lines()).isPositive();
  }

  /** Computers whose disks are copies of one that had enrolled: honest, and each signs as one. */
  @Test
  void aRoomOfCopiesLosesNothingThatIsSettled() throws Exception {
    Figures figures = run("lab-image", 1);
    assertThat(figures.retiredKeys()).as("copies were noticed").isPositive();
    assertThat(figures.honest().countedMs()).isPositive();
  }

  @Test
  void aSeedMakesTheSameLogAgain() throws Exception {
    assertThat(run("storms", 7).toJson()).isEqualTo(run("storms", 7).toJson());
  }

  @Test
  void anotherSeedMakesAnotherLog() throws Exception {
    assertThat(run("few", 21).root()).isNotEqualTo(run("few", 22).root());
  }

  private static Figures run(String name, long seed) throws Exception {
    Scenario scenario = Scenarios.find(name).orElseThrow().withHosts(HOSTS).withDays(DAYS);
    return Simulation.run(scenario, seed, (day, entries) -> {});
  }
}
