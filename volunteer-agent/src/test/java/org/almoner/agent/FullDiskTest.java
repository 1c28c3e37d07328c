package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.contact.Allowance;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.LogTiles;
import org.almoner.agent.control.Status;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Reported;
import org.almoner.agent.world.FullDisk;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk has no room; the agent does its steps again until it has, and loses nothing. */
class FullDiskTest {
  private static final int TURNS_MAX = 500;

  @TempDir Path parent;
  private Path home;
  private TestCoordinator coordinator;
  private final FullDisk disk = new FullDisk();
  private final StubRunner runner = new StubRunner();

  @BeforeEach
  void open() throws Exception {
    home = Files.createDirectory(parent.resolve("home"));
    coordinator = new TestCoordinator();
  }

  @AfterEach
  void close() {
    coordinator.close();
  }

  @Test
  void everyChangeThatFindsNoRoomIsMadeAgainAndWhatItBelongsToHappensOnce() throws Exception {
    coordinator.noWorkMs = 0;
    coordinator.unit("one");
    coordinator.unit("refused with the other");
    coordinator.refuseReport =
        report ->
            report.lines().stream().anyMatch(line -> line.lease().unit() == 1)
                ? Optional.of(new Problem(409, "lease-expired", "Expired", "too late"))
                : Optional.empty();
    SteppedAgent agent = stepped(disk);
    int turns = 0;
    boolean more = false;
    while (agent.putAside() < 1 || coordinator.logged().size() < 2 || agent.waiting() > 0) {
      if (!more && agent.putAside() == 1) {
        more = true;
        coordinator.unit("after a refusal");
      }
      turn(agent);
      assertThat(turns++).as("turns taken").isLessThan(TURNS_MAX);
    }
    assertThat(disk.failures()).as("changes that found no room").isGreaterThan(25);
    assertThat(coordinator.log.size()).as("an enrolment and two lines").isEqualTo(3);
    assertThat(coordinator.leasesOut()).isEqualTo(3);
    assertThat(agent.keysTaken()).isZero();
    assertThat(agent.damage()).isEmpty();
    AgentShelf shelf =
        AgentShelf.current(
            home.resolve("origins").resolve(coordinator.pinned().directoryName()),
            new FsyncDisk(),
            coordinator.pinned());
    assertThat(shelf.list()).containsExactly(0L, 1L);
  }

  @Test
  void aRunningAgentKeepsAFinishedUnitUntilThereIsRoom() throws Exception {
    disk.failing = false;
    coordinator.unit("wait");
    AgentSettings settings = Harness.settings(home, coordinator.address());
    try (Harness agent = Harness.start(settings, runner, disk)) {
      agent.until("it runs", () -> runner.started.get() == 1);
      disk.none = true;
      runner.finish.countDown();
      agent.until("it found no room for long", () -> disk.failures() > 20);
      assertThat(coordinator.logged()).isEmpty();
      disk.none = false;
      agent.until("it is logged", () -> coordinator.logged().size() == 1);
    }
    assertThat(runner.started).hasValue(1);
  }

  @Test
  void withLittleRoomNoWorkIsTakenAndTheOwnerIsTold() throws Exception {
    disk.failing = false;
    disk.free = 100L << 20;
    coordinator.unit("good");
    AgentSettings settings = Harness.settings(home, coordinator.address());
    try (Harness agent = Harness.start(settings, runner, disk)) {
      agent.until("it says why", () -> agent.reason().contains("has 100 MiB left"));
      assertThat(agent.status().orElseThrow().state()).isEqualTo(Status.State.WAITING);
      assertThat(coordinator.leasesOut()).isZero();
      disk.free = 1L << 40;
      agent.until("work goes on", () -> coordinator.logged().size() == 1);
    }
  }

  /** What an agent does until its disk fails it. */
  private static void turn(SteppedAgent agent) {
    try {
      agent.speak();
      for (HeldLease lease : agent.inHand()) {
        Bytes bundle = bundle(lease);
        long endMs = Instant.now().toEpochMilli();
        Measured took = new Measured(endMs, endMs, 10, 9, 3_000_000, 2_000_000, 1 << 20);
        Reported run =
            new Reported(
                Engine.PORTABLE, 0, 1_000, Hash.sha256(bundle.toArray()), "", List.of(), took);
        agent.finish(lease, run, bundle);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  private static Bytes bundle(HeldLease lease) {
    Bytes text = Bytes.utf8("x".repeat(20_000) + lease.id());
    return Bytes.of(
        new OutputBundle(List.of(new OutputBundle.OutputFile(new BundlePath("out.txt"), text)))
            .encode());
  }

  private SteppedAgent stepped(Disk on) throws Exception {
    AgentSettings settings = Harness.settings(home, coordinator.address());
    CoordinatorClient client =
        new CoordinatorClient(
            coordinator.address(),
            CoordinatorClient.transport().build(),
            settings.stallMax(),
            new Backoff(new SecureRandom()),
            wait -> {});
    LogTiles tiles =
        new LogTiles(
            coordinator.address(),
            CoordinatorClient.transport().build(),
            settings.stallMax(),
            Allowance.unlimited());
    return SteppedAgent.open(
        settings, client, tiles, on, InstantSource.system(), new SecureRandom());
  }
}
