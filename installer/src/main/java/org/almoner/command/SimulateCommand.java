package org.almoner.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.simulation.Broken;
import org.almoner.simulation.Simulation;
import org.almoner.simulation.report.Figures;
import org.almoner.simulation.report.Share;
import org.almoner.simulation.scenario.Scenario;
import org.almoner.simulation.scenario.Scenarios;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole platform in one process, against people who cheat and things that break. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    subcommands = SimulateTableCommand.class,
    description = {
      "Runs the real coordinator and real agents in one process, against people who cheat and"
          + " things that break, and says what forged work would count.",
      "",
      "Clock, network, disks and chance come from the seed: the same seed and scenario give the"
          + " same log. What must always hold is checked on the way and at the end; when it does"
          + " not, the event after which it was seen is named with its seed, and the exit code is"
          + " 1.",
    })
final class SimulateCommand implements Callable<Integer> {
  private static final double HOUR_MS = Duration.ofHours(1).toMillis();

  @Option(
      names = "--scenario",
      paramLabel = "NAME|FILE",
      defaultValue = "few",
      description = "Who takes part and what goes wrong (default: ${DEFAULT-VALUE}).")
  private String scenario = "";

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What everything is drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      description = "About so many computers instead of the scenario's, shared out as there.")
  private @Nullable Integer hosts;

  @Option(
      names = "--days",
      paramLabel = "D",
      description = "So many days instead of the scenario's.")
  private @Nullable Integer days;

  @Option(names = "--list", description = "Names the scenarios that come with the program.")
  private boolean list;

  @Mixin private Printed printed = new Printed();

  @Override
  public Integer call() throws IOException {
    boolean json = printed.json();
    if (list) {
      list(json);
      return 0;
    }
    Scenario wanted = chosen();
    silence();
    Terminal terminal = new Terminal(json ? System.err : System.out);
    InstantSource clock = InstantSource.system();
    long beganMs = clock.millis();
    try {
      Figures figures =
          Simulation.run(wanted, seed, (day, entries) -> progress(terminal, wanted, day));
      terminal.clear();
      printed.say(text(figures, clock.millis() - beganMs), figures.toJson());
      return 0;
    } catch (Broken e) {
      terminal.clear();
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  /** What breaks in there is meant to. */
  static void silence() {
    if (LoggerFactory.getLogger("org.almoner") instanceof Logger logger) {
      logger.setLevel(Level.OFF);
    }
  }

  private static void progress(Terminal terminal, Scenario scenario, long day) {
    terminal.progress("day " + day + " of " + scenario.days(), 10 * day / scenario.days());
  }

  private void list(boolean json) throws IOException {
    List<JsonValue.Obj> all = new ArrayList<>();
    for (Scenario each : Scenarios.all()) {
      if (json) {
        all.add(JsonValue.Obj.of().put("name", each.name()).put("about", each.about()).build());
      } else {
        System.out.printf(Locale.ROOT, "%-16s %s%n", each.name(), each.about());
      }
    }
    if (json) {
      System.out.println(Printed.line(JsonValue.Obj.of().put("scenarios", all).build()));
    }
  }

  private Scenario chosen() throws IOException {
    Scenario read = read();
    if (hosts != null) {
      if (hosts < 1) {
        throw Failure.wrongUse("--hosts takes 1 or more, got " + hosts);
      }
      read = read.withHosts(hosts);
    }
    if (days != null) {
      if (days < 1) {
        throw Failure.wrongUse("--days takes 1 or more, got " + days);
      }
      read = read.withDays(days);
    }
    return read;
  }

  private Scenario read() throws IOException {
    Optional<Scenario> known = Scenarios.find(scenario);
    if (known.isPresent()) {
      return known.get();
    }
    Path file = Path.of(scenario);
    if (!Files.isRegularFile(file)) {
      throw Failure.wrongUse(
          "there is no scenario and no file " + scenario + "; --list names the scenarios");
    }
    try {
      return Scenario.parse(Files.readAllBytes(file));
    } catch (MalformedJson e) {
      throw Failure.wrongUse(file + ": " + e.getMessage());
    }
  }

  private static String text(Figures figures, long tookMs) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-16s %9s %10s %10s %10s %10s %10s%n",
            "core-hours",
            "lines",
            "really",
            "counted",
            "lost",
            "forged",
            "survived"));
    for (Map.Entry<String, Share> each : figures.shares().entrySet()) {
      Share share = each.getValue();
      text.append(
          String.format(
              Locale.ROOT,
              "%-16s %9d %10.1f %10.1f %10.1f %10.1f %10.1f%n",
              each.getKey(),
              share.lines(),
              share.realMs() / HOUR_MS,
              share.countedMs() / HOUR_MS,
              share.lostMs() / HOUR_MS,
              share.forgedMs() / HOUR_MS,
              share.survivedMs() / HOUR_MS));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "replication     %.1f %% more lines than units in the second half%n",
            100 * figures.overhead()));
    text.append(
        String.format(
            Locale.ROOT,
            "happened        %d events, %d requests, coordinator opened again %d times, %d keys"
                + " given up%n",
            figures.events(),
            figures.requests(),
            figures.serverFailures(),
            figures.retiredKeys()));
    text.append(
        String.format(
            Locale.ROOT,
            "speed           %d lines in %.1f s, %d a second%n",
            figures.lines(),
            tookMs / 1_000.0,
            figures.lines() * 1_000 / Math.max(1, tookMs)));
    text.append("log             ").append(figures.entries()).append(" entries, root ");
    text.append(figures.root().toHex());
    return text.toString();
  }
}
