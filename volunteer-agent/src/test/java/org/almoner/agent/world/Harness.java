package org.almoner.agent.world;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.agent.AgentSettings;
import org.almoner.agent.VolunteerAgent;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.run.Runner;

/** An agent in a thread of its own. */
public final class Harness implements AutoCloseable {
  private static final HttpClient HTTP = CoordinatorClient.transport().build();

  /** Long enough that only a fault reaches it. */
  private static final Duration FAULT = Duration.ofSeconds(30);

  private final Path home;
  private final StopSignal stop = new StopSignal();
  private final Thread thread;
  private volatile Optional<Throwable> failure = Optional.empty();

  private Harness(Path home, VolunteerAgent agent) {
    this.home = home;
    this.thread =
        new Thread(
            () -> {
              try {
                agent.run(stop);
              } catch (Throwable e) {
                failure = Optional.of(e);
              }
            },
            "agent under test");
  }

  public static AgentSettings settings(Path home, CoordinatorAddress address) {
    return new AgentSettings(
        home,
        address,
        new Lent(1, 1, 64 << 20, 64 << 20),
        2,
        TestCoordinator.METER,
        "agent under test 1",
        new Computer("linux", "amd64", 2, 1L << 30),
        1 << 20,
        Duration.ofSeconds(5));
  }

  public static VolunteerAgent agent(AgentSettings settings, Runner runner, Disk disk) {
    return agent(settings, runner, disk, InstantSource.system());
  }

  public static VolunteerAgent agent(
      AgentSettings settings, Runner runner, Disk disk, InstantSource clock) {
    return new VolunteerAgent(
        settings, HTTP, runner, disk, clock, wait -> Thread.sleep(5), new SecureRandom());
  }

  public static Harness start(Path home, CoordinatorAddress address, Runner runner) {
    return start(settings(home, address), runner, new FsyncDisk());
  }

  public static Harness start(AgentSettings settings, Runner runner, Disk disk) {
    return start(settings.home(), agent(settings, runner, disk));
  }

  public static Harness start(Path home, VolunteerAgent agent) {
    Harness harness = new Harness(home, agent);
    harness.thread.start();
    return harness;
  }

  /** Waits for what must come true, and says what the agent said when it does not. */
  public void until(String what, Callable<Boolean> holds) throws Exception {
    Instant fault = Instant.now().plus(FAULT);
    while (!holds.call()) {
      if (failure.isPresent()) {
        throw new AssertionError("the agent failed before: " + what, failure.get());
      }
      if (Instant.now().isAfter(fault)) {
        throw new AssertionError("waited in vain for: " + what + "; status " + status());
      }
      Thread.sleep(5);
    }
  }

  public Optional<Status> status() throws IOException {
    return new StatusFile(home, new FsyncDisk()).read();
  }

  public String reason() throws IOException {
    return status().map(Status::reason).orElse("");
  }

  public String notice() throws IOException {
    return status().map(Status::notice).orElse("");
  }

  /** Waits for the agent to fail by itself. */
  public Throwable failure() throws Exception {
    thread.join(FAULT.toMillis());
    return failure.orElseThrow(() -> new AssertionError("the agent did not fail"));
  }

  public boolean running() {
    return thread.isAlive();
  }

  public Path origin(TestCoordinator coordinator) {
    return home.resolve("origins").resolve(coordinator.pinned().directoryName()).resolve("agent");
  }

  public static long files(Path directory) throws IOException {
    try (var list = Files.list(directory)) {
      return list.filter(Files::isRegularFile).count();
    }
  }

  @Override
  public void close() throws Exception {
    stop.stop();
    thread.join(FAULT.toMillis());
    if (thread.isAlive()) {
      throw new AssertionError("the agent does not stop");
    }
  }
}
