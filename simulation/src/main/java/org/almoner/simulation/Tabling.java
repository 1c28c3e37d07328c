package org.almoner.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.simulation.report.Figures;
import org.almoner.simulation.report.Row;
import org.almoner.simulation.scenario.Scenario;
import org.almoner.simulation.scenario.Scenarios;

/** Runs each way to cheat from many seeds, and says what it comes to. */
public final class Tabling {
  /** What of a thousand units is forged, where that is swept. */
  private static final List<Integer> RATES = List.of(5, 10, 20, 50, 100, 200);

  private static final String SWEPT = "low-rate";

  private Tabling() {}

  /** What is run: every scenario with somebody who cheats, one of them at many rates. */
  public static List<Scenario> scenarios() throws IOException {
    List<Scenario> all = new ArrayList<>();
    for (Scenario each : Scenarios.all()) {
      if (each.name().equals(SWEPT)) {
        RATES.forEach(rate -> all.add(each.withPermille(rate)));
      } else if (each.cheats() || each.name().equals("honest")) {
        all.add(each);
      }
    }
    return all;
  }

  /** One scenario from so many seeds, beginning with 1; what it promises is not asked here. */
  public static Row row(Scenario scenario, int seeds) throws Broken {
    List<Figures> runs = new ArrayList<>();
    Scenario plain = scenario.withoutPromise();
    for (long seed = 1; seed <= seeds; seed++) {
      runs.add(Simulation.run(plain, seed, (day, entries) -> {}));
    }
    return Row.of(scenario.name(), runs);
  }
}
