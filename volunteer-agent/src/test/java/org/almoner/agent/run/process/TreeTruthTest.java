package org.almoner.agent.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.consent.Thermostat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole tree of processes: what it used by the kernel's own books, and what holds and ends it.
 */
class TreeTruthTest {
  @TempDir Path directory;

  @Test
  void whatShortLivedGrandchildrenUsedIsNotLost() throws Exception {
    Burners.Ran ran = Burners.in(directory).run("forks", "0.6");
    assertThat(ran.end()).isEqualTo(ChildProcess.End.BY_ITSELF);
    assertThat(ran.truthMs()).isGreaterThan(590);
    // Ticks of ten milliseconds, of several processes.
    assertThat(ran.measured().cpuMs()).isBetween(ran.truthMs() - 40, ran.truthMs() + 20);
  }

  @Test
  void whatAnOrphanUsesIsItsUnitsAndItDoesNotOutliveIt() throws Exception {
    Burners.Ran ran = Burners.in(directory).run("orphan", "60", "0.5");
    assertThat(ran.truthMs()).isBetween(50L, 20_000L);
    assertThat(ran.measured().cpuMs()).isBetween(ran.truthMs() / 2 - 20, ran.truthMs() + 20);
  }

  @Test
  void theWholeTreeIsHeldStillAndEnded() throws Exception {
    Burners burners = Burners.in(directory).cores(Burners.MACHINE.facts().cores());
    try (Kernel kernel = Kernel.open()) {
      ChildProcess process = burners.start(kernel, "spread");
      Thread awaiting = new Thread(() -> await(process));
      awaiting.start();
      while (kernel.cpuMs() < 100) {
        Thread.sleep(20);
      }
      process.pause();
      Thread.sleep(100);
      long still = kernel.cpuMs();
      Thread.sleep(300);
      assertThat(kernel.cpuMs()).as("no processor time while it is held").isEqualTo(still);
      process.resume();
      while (kernel.cpuMs() < still + 50) {
        Thread.sleep(20);
      }
      process.stop();
      awaiting.join();
      assertThat(kernel.processes()).isEqualTo(List.of());
      assertThat(process.measured(0).cpuMs()).isBetween(kernel.cpuMs() - 60, kernel.cpuMs() + 20);
    }
  }

  @Test
  void aUnitGetsNoMoreThanItsShare() throws Exception {
    Burners.Ran ran =
        Burners.in(directory)
            .cores(1)
            .restrained(new Restraint(25, Thermostat.off()))
            .run("cpu", "0.4");
    // However busy the machine is, no more; that it is no less, a quiet one shows.
    assertThat(ran.truthMs()).isLessThan((long) (ran.passedMs() * 0.31));
    assertThat(ran.measured().wallMs()).isLessThan(ran.passedMs());
  }

  private static void await(ChildProcess process) {
    try {
      process.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
