package org.almoner.simulation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.almoner.coordinator.Config;
import org.almoner.ledger.tally.UnitId;
import org.almoner.simulation.books.Auditor;
import org.almoner.simulation.books.Books;
import org.almoner.simulation.host.Host;
import org.almoner.simulation.invariant.Invariants;
import org.almoner.simulation.invariant.State;
import org.almoner.simulation.network.Acknowledged;
import org.almoner.simulation.report.Counting;
import org.almoner.simulation.report.Figures;
import org.almoner.simulation.scenario.Scenario;
import org.almoner.simulation.server.Down;
import org.almoner.simulation.server.Server;
import org.almoner.simulation.truth.Truth;
import org.almoner.simulation.world.World;

/**
 * One run of a scenario from a seed: a world in which the real coordinator and real agents work,
 * things go wrong and some people cheat, looked at from outside from time to time.
 *
 * <p>What was logged in its days is counted. After them the weather clears and everybody goes on
 * until that has matured; then work is given up, and when everything has matured the books are
 * drawn up for the last time.
 */
public final class Simulation {
  /** Times the books are drawn up on the way. */
  private static final int LOOKS = 5;

  /** What is out when work is given up may come back for days, and matures then. */
  private static final int OUT_DAYS = 8;

  private final Scenario scenario;
  private final World world;
  private final Server server;
  private final Truth truth = new Truth();
  private final Acknowledged acknowledged = new Acknowledged();
  private final Population population;
  private final Auditor auditor;
  private final Invariants invariants;
  private boolean lucky;

  /** Is told how far a run has come. */
  @FunctionalInterface
  public interface Progress {
    /** So many days of the world have passed, and so many entries are in its log. */
    void day(long day, long entries);
  }

  private Simulation(Scenario scenario, long seed, UnaryOperator<Config> settings)
      throws IOException {
    this.scenario = scenario;
    this.world = new World(seed);
    Duration maturity = Duration.ofDays(scenario.maturityDays());
    this.server =
        new Server(
            world,
            config -> settings.apply(config.withMaturity(maturity)),
            scenario.releases(),
            scenario.batchDays());
    this.population = new Population(world, server, truth, acknowledged, scenario);
    this.auditor = new Auditor(server, acknowledged);
    this.invariants = new Invariants(scenario.collusion());
  }

  /** Runs a scenario with the settings of every coordinator. */
  public static Figures run(Scenario scenario, long seed, Progress progress) throws Broken {
    return run(scenario, seed, progress, config -> config);
  }

  /**
   * Runs a scenario.
   *
   * @param settings what is changed of the coordinator's
   * @throws Broken when something does not hold that must
   */
  public static Figures run(
      Scenario scenario, long seed, Progress progress, UnaryOperator<Config> settings)
      throws Broken {
    Optional<Simulation> running = Optional.empty();
    try {
      running = Optional.of(new Simulation(scenario, seed, settings));
      return running.get().run(progress);
    } catch (IOException | RuntimeException e) {
      String after = running.map(r -> r.world.last()).orElse("the beginning");
      throw new Broken(where(scenario, seed) + ", after " + after + ": " + e, e);
    } finally {
      running.ifPresent(r -> r.server.close());
    }
  }

  private static String where(Scenario scenario, long seed) {
    return "scenario " + scenario.name() + ", seed " + seed;
  }

  private Figures run(Progress progress) throws IOException, Broken {
    population.begin();
    failServer(world.draws("failures"));
    long halfway = 0;
    int lookEvery = Math.max(1, scenario.days() / LOOKS);
    for (int day = 1; day <= scenario.days(); day++) {
      world.runTo(World.START.plus(Duration.ofDays(day)));
      boolean look = day % lookEvery == 0 && day < scenario.days();
      long size = look ? look(false).size() : -1;
      halfway = day <= scenario.days() / 2 && size > 0 ? size : halfway;
      progress.day(day, size);
    }
    return end(halfway);
  }

  private Figures end(long halfway) throws IOException, Broken {
    long counted = look(false).size();
    lucky = true;
    population.haveLuck();
    pass(Duration.ofDays(scenario.maturityDays() + 2));
    look(false);
    giveUp();
    pass(Duration.ofDays(scenario.maturityDays() + OUT_DAYS));
    Books books = look(true);
    Map<UnitId, Integer> units = Counting.linesOfUnits(books, halfway, counted);
    Figures figures =
        new Figures(
            scenario.name(),
            world.seed(),
            scenario.days(),
            world.happened(),
            books.size(),
            books.root(),
            population.hosts().stream().mapToLong(host -> host.wire().requests()).sum(),
            server.failures(),
            population.hosts().stream().mapToLong(Host::retiredKeys).sum(),
            units.size(),
            units.values().stream().mapToLong(Integer::longValue).sum(),
            Counting.shares(books, truth, counted),
            Counting.lostBecause(books, truth, counted));
    Optional<String> worse = scenario.promise().broken(figures);
    if (worse.isPresent()) {
      throw new Broken(where(scenario, world.seed()) + ": " + worse.get());
    }
    return figures;
  }

  private void pass(Duration time) throws IOException {
    Instant to = world.instant().plus(time);
    world.runTo(to);
  }

  private void giveUp() throws IOException {
    try {
      server.giveUpWork();
    } catch (Down e) {
      throw new IOException("the coordinator is down though nothing goes wrong any more", e);
    }
  }

  private Books look(boolean last) throws IOException, Broken {
    Books books = auditor.examine();
    State state =
        new State(
            world.millis(),
            last,
            books,
            acknowledged,
            truth,
            population.hosts(),
            population.people(),
            server);
    Optional<String> broken = invariants.broken(state);
    if (broken.isPresent()) {
      throw new Broken(
          where(scenario, world.seed()) + ", after " + world.last() + ": " + broken.get());
    }
    return books;
  }

  private void failServer(RandomGenerator draws) {
    if (scenario.serverFailures() == 0) {
      return;
    }
    long meanMs = Duration.ofDays(1_000).toMillis() / scenario.serverFailures();
    world.after(
        Duration.ofMillis(meanMs / 2 + draws.nextLong(meanMs)),
        "server",
        "is about to fail",
        () -> {
          if (!lucky) {
            server.failSoon();
            failServer(draws);
          }
        });
  }
}
