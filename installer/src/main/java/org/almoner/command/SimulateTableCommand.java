package org.almoner.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.JsonValue;
import org.almoner.simulation.Broken;
import org.almoner.simulation.Tabling;
import org.almoner.simulation.report.Row;
import org.almoner.simulation.report.Spread;
import org.almoner.simulation.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what each way to cheat comes to, from several seeds. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {
      "Runs every scenario in which somebody cheats from several seeds, and prints what comes of"
          + " it, each figure with its 95 %% interval over the seeds.",
      "",
      "survived: forged hours that count, of a hundred that were forged, and for a thousand hours"
          + " that honest computers gave. lost: honest hours that do not count, of a thousand."
          + " kept: of a hundred hours that those who cheat really gave, those that count."
          + " replicas: lines beyond one for each unit, of a hundred units, in the second half.",
    })
final class SimulateTableCommand implements Callable<Integer> {
  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "From so many seeds each, beginning with 1 (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Only these scenarios, by the beginnings of their names.")
  private List<String> only = List.of();

  @Mixin private Printed printed = new Printed();

  @Override
  public Integer call() throws IOException {
    if (seeds < 1) {
      throw Failure.wrongUse("--seeds takes 1 or more, got " + seeds);
    }
    boolean json = printed.json();
    SimulateCommand.silence();
    List<JsonValue.Obj> rows = new ArrayList<>();
    if (!json) {
      System.out.printf(
          Locale.ROOT,
          "| %-18s | %-17s | %-17s | %-17s | %-17s | %-17s |%n",
          "scenario",
          "survived %",
          "per 1000 honest h",
          "honest lost, 0.1 %",
          "kept %",
          "replicas %");
      System.out.println("|---|---|---|---|---|---|");
    }
    for (Scenario scenario : Tabling.scenarios()) {
      if (!only.isEmpty() && only.stream().noneMatch(scenario.name()::startsWith)) {
        continue;
      }
      Row row = row(scenario);
      if (json) {
        rows.add(row.toJson());
      } else {
        System.out.println(line(row));
      }
    }
    if (json) {
      System.out.println(
          Printed.line(JsonValue.Obj.of().put("seeds", seeds).put("rows", rows).build()));
    }
    return 0;
  }

  private Row row(Scenario scenario) {
    try {
      return Tabling.row(scenario, seeds);
    } catch (Broken e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "| %-18s | %-17s | %-17s | %-17s | %-17s | %-17s |",
        row.name(),
        spread(row.survived()),
        spread(row.perHonestHour()),
        spread(row.lost()),
        spread(row.kept()),
        spread(row.overhead()));
  }

  private static String spread(Spread spread) {
    return String.format(Locale.ROOT, "%.2f +- %.2f", spread.mean(), spread.halfWidth());
  }
}
