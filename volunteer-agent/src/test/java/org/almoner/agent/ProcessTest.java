package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.world.AgentProcess;
import org.almoner.agent.world.TestCoordinator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process that is killed. */
class ProcessTest {
  private static final int UNITS = 30;
  private static final int KILLS = 4;

  @TempDir Path parent;

  @Test
  void killedAgainAndAgainItLosesNothingAndDoesNothingTwice() throws Exception {
    Path home = parent.resolve("killed");
    try (TestCoordinator coordinator = new TestCoordinator()) {
      for (int i = 0; i < UNITS; i++) {
        coordinator.unit("unit", "" + i);
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        Process agent = start(home, coordinator);
        int enough = kill * UNITS / (KILLS + 2);
        until("some units are logged", () -> coordinator.logged().size() >= enough);
        agent.destroyForcibly();
        assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
      Process agent = start(home, coordinator);
      until("all units are logged", () -> coordinator.logged().size() == UNITS);
      until("all are proved", () -> status(home).waitingForProof() == 0);
      agent.destroyForcibly();
      assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(coordinator.log.size()).isEqualTo(1 + UNITS);
      assertThat(coordinator.leasesOut()).isEqualTo(UNITS);
      assertThat(status(home).refused()).isZero();
    }
  }

  @Test
  void toldToStopItEndsWellEvenInTheMiddleOfAUnit() throws Exception {
    Path home = parent.resolve("stopped");
    try (TestCoordinator coordinator = new TestCoordinator()) {
      coordinator.unit("hang");
      Process agent = start(home, coordinator);
      until("it runs", () -> status(home).state() == Status.State.WORKING);
      agent.destroy();
      assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(agent.exitValue()).isZero();
      assertThat(status(home).state()).isEqualTo(Status.State.STOPPED);
    }
  }

  private static Process start(Path home, TestCoordinator coordinator) throws Exception {
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AgentProcess.class.getName(),
            home.toString(),
            coordinator.address().toString())
        .redirectErrorStream(true)
        .redirectOutput(home.resolveSibling(home.getFileName() + ".log").toFile())
        .start();
  }

  private static Status status(Path home) throws Exception {
    return new StatusFile(home, new FsyncDisk())
        .read()
        .orElse(new Status(Status.State.STARTING, "", "", 0, 1, 0, "", 0));
  }

  private static void until(String what, Callable<Boolean> holds) throws Exception {
    Instant fault = Instant.now().plus(Duration.ofSeconds(60));
    while (!holds.call()) {
      if (Instant.now().isAfter(fault)) {
        throw new AssertionError("waited in vain for: " + what);
      }
      Thread.sleep(5);
    }
  }
}
