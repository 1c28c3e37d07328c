package org.almoner.simulation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.almoner.protocol.lease.Grant;
import org.almoner.simulation.disk.MemoryDisk;
import org.almoner.simulation.host.Host;
import org.almoner.simulation.host.Hours;
import org.almoner.simulation.host.Machine;
import org.almoner.simulation.host.Misfortune;
import org.almoner.simulation.host.Parts;
import org.almoner.simulation.host.Person;
import org.almoner.simulation.network.Acknowledged;
import org.almoner.simulation.network.Wire;
import org.almoner.simulation.scenario.Cohort;
import org.almoner.simulation.scenario.Scenario;
import org.almoner.simulation.server.Server;
import org.almoner.simulation.strategy.Ring;
import org.almoner.simulation.truth.Truth;
import org.almoner.simulation.world.World;

/** Everybody who takes part in a scenario, with their computers. */
final class Population {
  /** They do not all begin on one day. */
  private static final int BEGIN_DAYS = 3;

  private static final Duration IMAGED_AFTER = Duration.ofDays(BEGIN_DAYS + 2);
  private static final int DRIFT_PPM_MAX = 100;
  private static final int[] CORES = {1, 2, 4, 4, 8, 8, 16};
  private static final Hours[] MIXED = {
    Hours.ALWAYS, Hours.ALWAYS, Hours.NIGHTS, Hours.EVENINGS, Hours.NIGHTS, Hours.WEEKENDS
  };

  private final World world;
  private final Server server;
  private final Truth truth;
  private final Acknowledged acknowledged;
  private final Scenario scenario;
  private final RandomGenerator draws;
  private final List<Host> hosts = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();
  private final List<Misfortune> misfortunes = new ArrayList<>();

  Population(
      World world, Server server, Truth truth, Acknowledged acknowledged, Scenario scenario) {
    this.world = world;
    this.server = server;
    this.truth = truth;
    this.acknowledged = acknowledged;
    this.scenario = scenario;
    this.draws = world.draws("population");
  }

  /** Puts everybody's computers together, and has them begin. */
  void begin() {
    int number = 0;
    for (Cohort cohort : scenario.cohorts()) {
      add(cohort, cohort.kind().word() + "-" + number++);
    }
  }

  private void add(Cohort cohort, String name) {
    Ring ring = new Ring(name);
    List<Person> owners = new ArrayList<>();
    for (int i = 0; i < cohort.donors(); i++) {
      Person person =
          new Person(
              people.size(),
              cohort.kind().strategy(cohort.traits(), new Ring("")).honest(),
              server);
      owners.add(person);
      people.add(person);
    }
    List<Host> added = new ArrayList<>();
    for (int i = 0; i < cohort.hosts(); i++) {
      Machine machine = machine(cohort, name + "-" + i);
      Host host =
          new Host(
              new Parts(
                  world,
                  server,
                  truth,
                  machine,
                  owners.get(i % owners.size()),
                  cohort.kind().word(),
                  cohort.kind().strategy(cohort.traits(), ring),
                  new Wire(machine.name(), world, server, acknowledged, scenario.weather()),
                  Duration.ofMinutes(scenario.unitMinutes()).toMillis() * Server.REFERENCE_RATE));
      added.add(host);
    }
    hosts.addAll(added);
    if (cohort.imaged()) {
      image(added);
    } else {
      added.forEach(host -> beginSoon(host, Duration.ZERO));
    }
  }

  private Machine machine(Cohort cohort, String name) {
    int cores = Math.min(scenario.coresMax(), CORES[draws.nextInt(CORES.length)]);
    Hours hours = Hours.of(cohort.hours()).orElseGet(() -> MIXED[draws.nextInt(MIXED.length)]);
    long speed = Server.REFERENCE_RATE / 2 + draws.nextLong(Server.REFERENCE_RATE * 3 / 2);
    int drift = draws.nextInt(-DRIFT_PPM_MAX, DRIFT_PPM_MAX);
    Duration off = Duration.ofMinutes(cohort.clockOffMinutes()).plusSeconds(draws.nextInt(-30, 30));
    return new Machine(
        name, cores, speed, want(cores, hours), hours, cohort.linksLate(), off, drift);
  }

  /** As many units of about two hours as it can finish in a day. */
  private static int want(int cores, Hours hours) {
    int eachCore =
        switch (hours) {
          case ALWAYS, WEEKENDS -> 10;
          case NIGHTS -> 5;
          case EVENINGS -> 2;
        };
    return Math.min(Grant.LEASES_MAX, cores * eachCore);
  }

  private void beginSoon(Host host, Duration after) {
    Duration wait = after.plusMinutes(draws.nextInt(BEGIN_DAYS * 24 * 60));
    world.after(
        wait,
        host.name(),
        "takes part",
        () -> {
          host.beginLife();
          Misfortune misfortune = new Misfortune(world, host, scenario.mishaps());
          misfortunes.add(misfortune);
          misfortune.begin();
        });
  }

  /** The first is set up and used; then all others get a copy of its disk. */
  private void image(List<Host> room) {
    Host first = room.get(0);
    beginSoon(first, Duration.ZERO);
    world.after(
        IMAGED_AFTER,
        first.name(),
        "is copied",
        () -> {
          MemoryDisk.Copy copy = first.disk().copy();
          for (Host host : room.subList(1, room.size())) {
            restore(host, copy);
          }
        });
  }

  private void restore(Host host, MemoryDisk.Copy copy) throws IOException {
    host.restore(copy);
    beginSoon(host, Duration.ZERO);
  }

  /** From now on nothing goes wrong any more. */
  void haveLuck() {
    misfortunes.forEach(Misfortune::end);
    hosts.forEach(host -> host.wire().clearUp());
  }

  List<Host> hosts() {
    return Collections.unmodifiableList(hosts);
  }

  List<Person> people() {
    return Collections.unmodifiableList(people);
  }
}
