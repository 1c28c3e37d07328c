package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.almoner.agent.control.Status;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.world.FullDisk;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.protocol.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full at every second change of each file; the agent loses and repeats nothing. */
class FullDiskTest {
  @TempDir Path parent;
  private final FullDisk disk = new FullDisk();
  private final StubRunner runner = new StubRunner();

  /** Time flies, so that no test waits for a back-off. */
  private final InstantSource clock =
      new InstantSource() {
        private final Instant start = Instant.now();

        @Override
        public Instant instant() {
          long real = Instant.now().toEpochMilli() - start.toEpochMilli();
          return start.plusMillis(real * 200);
        }
      };

  @Test
  void whatFindsNoRoomIsDoneAgainUntilItHasAndOnlyOnce() throws Exception {
    Path home = Files.createDirectory(parent.resolve("home"));
    try (TestCoordinator coordinator = new TestCoordinator()) {
      coordinator.noWorkMs = 3_600_000;
      disk.failing = false;
      AgentSettings settings = Harness.settings(home, coordinator.address());
      VolunteerAgent agent = Harness.agent(settings, runner, disk, clock);
      coordinator.clockAheadMs = 3_600_000;
      coordinator.unit("good");
      coordinator.unit("big", "20000");
      coordinator.unit("refuse me");
      coordinator.refuseReport =
          report ->
              report.lines().stream().anyMatch(line -> line.lease().unit() == 2)
                  ? java.util.Optional.of(new Problem(409, "lease-expired", "late", "too late"))
                  : java.util.Optional.empty();
      try (Harness running = Harness.start(home, agent)) {
        disk.failing = true;
        running.until("all is proved or refused", () -> coordinator.logged().size() == 2);
        running.until("one is put aside", () -> refused(running, coordinator) == 1);
        running.until(
            "nothing waits",
            () -> running.status().filter(s -> s.waitingForProof() == 0).isPresent());
        disk.failing = false;
        assertThat(running.running()).isTrue();
      }
      assertThat(disk.failures()).isGreaterThan(15);
      assertThat(coordinator.log.size()).as("an enrolment and two lines").isEqualTo(3);
      assertThat(runner.started).hasValue(3);
      AgentShelf shelf =
          AgentShelf.current(origin(home, coordinator), new FsyncDisk(), coordinator.pinned());
      assertThat(shelf.list()).isNotEmpty();
    }
  }

  @Test
  void withLittleRoomNoWorkIsTakenAndTheOwnerIsTold() throws Exception {
    Path home = Files.createDirectory(parent.resolve("home"));
    disk.failing = false;
    disk.free = 100L << 20;
    try (TestCoordinator coordinator = new TestCoordinator()) {
      coordinator.unit("good");
      AgentSettings settings = Harness.settings(home, coordinator.address());
      VolunteerAgent agent = Harness.agent(settings, runner, disk);
      try (Harness running = Harness.start(home, agent)) {
        running.until("it says why", () -> running.reason().contains("has 100 MiB left"));
        assertThat(running.status().orElseThrow().state()).isEqualTo(Status.State.WAITING);
        assertThat(coordinator.leasesOut()).isZero();
        disk.free = 1L << 40;
        running.until("work goes on", () -> coordinator.logged().size() == 1);
      }
    }
  }

  private static long refused(Harness running, TestCoordinator coordinator) throws Exception {
    return Harness.files(running.origin(coordinator).resolve("outbox/refused"));
  }

  private static Path origin(Path home, TestCoordinator coordinator) {
    return home.resolve("origins").resolve(coordinator.pinned().directoryName());
  }
}
