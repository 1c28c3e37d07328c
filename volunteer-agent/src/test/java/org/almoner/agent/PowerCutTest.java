package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.world.DyingDisk;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every single change to the disk, one after the other. After the next start
 * nothing is lost and nothing is there twice.
 */
class PowerCutTest {
  @TempDir Path parent;

  /** Some of the changes, so that the short check stays short. */
  @ParameterizedTest
  @EnumSource(value = DyingDisk.Moment.class, names = "BEFORE", mode = EnumSource.Mode.EXCLUDE)
  void atSomeChangesToTheDisk(DyingDisk.Moment moment) throws Exception {
    changes(moment, 4);
  }

  @ParameterizedTest
  @EnumSource(DyingDisk.Moment.class)
  @Tag("long")
  void atEveryChangeToTheDisk(DyingDisk.Moment moment) throws Exception {
    changes(moment, 1);
  }

  private void changes(DyingDisk.Moment moment, int oneIn) throws Exception {
    boolean died = true;
    for (int at = oneIn - 1; died; at += oneIn) {
      died = powerCut(moment, at);
      assertThat(at).as("changes of one short life").isLessThan(200);
    }
  }

  private boolean powerCut(DyingDisk.Moment moment, int at) throws Exception {
    Path home = parent.resolve(moment + "-" + at);
    StubRunner runner = new StubRunner();
    try (TestCoordinator coordinator = new TestCoordinator()) {
      // The answer to "nothing to do" must not keep the agent from its last words.
      coordinator.noWorkMs = 3_600_000;
      coordinator.unit("good");
      coordinator.unit("big", "20000");
      DyingDisk disk = new DyingDisk(moment, at);
      AgentSettings settings = Harness.settings(home, coordinator.address());
      try (Harness agent = Harness.start(settings, runner, disk)) {
        while (agent.running() && !settled(agent)) {
          Thread.sleep(2);
        }
      }
      try (Harness agent = Harness.start(settings, runner, DyingDisk.never())) {
        agent.until(
            "all is proved, power cut " + moment + " change " + at,
            () -> proved(agent.origin(coordinator), coordinator) == 2);
        agent.until("all is settled", () -> settled(agent));
        assertThat(agent.status().orElseThrow().refused()).isZero();
        assertThat(Harness.files(agent.origin(coordinator).resolve("outbox/outputs"))).isZero();
      }
      // One enrolment and one line a unit, and no unit leased twice.
      assertThat(coordinator.log.size()).as(moment + " " + at).isEqualTo(3);
      assertThat(coordinator.leasesOut()).isEqualTo(2);
      assertThat(coordinator.logged()).hasSize(2);
      return disk.died();
    }
  }

  private static boolean settled(Harness agent) throws Exception {
    return agent
        .status()
        .filter(status -> status.reason().equals("there is nothing to do just now"))
        .filter(status -> status.waitingForProof() == 0)
        .isPresent();
  }

  private static long proved(Path origin, TestCoordinator coordinator) throws Exception {
    if (!Files.isDirectory(origin)) {
      return 0;
    }
    AgentShelf shelf =
        new AgentShelf(origin.resolve("shelf"), new FsyncDisk(), coordinator.pinned());
    long lines = 0;
    for (long seq : shelf.list()) {
      lines += shelf.report(seq).orElseThrow().receipt().lines().size();
    }
    return lines;
  }
}
