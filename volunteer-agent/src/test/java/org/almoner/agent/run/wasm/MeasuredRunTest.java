package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.agent.run.RunOutcome.TimedOut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measured against what Linux itself books to this process for its ended children. */
class MeasuredRunTest {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final int CHILD_USER_TICKS = 15;
  private static final int CHILD_SYSTEM_TICKS = 16;
  private static final long MS_PER_TICK = 10;

  @TempDir Path directory;

  @BeforeEach
  void onlyOnLinux() {
    assumeTrue(Files.exists(STAT), "tool missing: /proc");
  }

  private static long childrensCpuMs() throws Exception {
    String stat = Files.readString(STAT);
    String[] fields =
        stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1); // field 3 comes first
    return MS_PER_TICK
        * (Long.parseLong(fields[CHILD_USER_TICKS - 2])
            + Long.parseLong(fields[CHILD_SYSTEM_TICKS - 2]));
  }

  @Test
  void processorTimeOfAFinishedUnitIsWithinATenthOfTheTruth() throws Exception {
    long before = childrensCpuMs();
    RunOutcome outcome = Runs.in(directory).args("3900", "4200").run();
    assertThat(outcome).isInstanceOf(Finished.class);
    check(outcome.measured(), childrensCpuMs() - before);
  }

  @Test
  void processorTimeOfAUnitThatWasEndedIsWithinATenthOfTheTruth() throws Exception {
    long before = childrensCpuMs();
    RunOutcome outcome = Runs.in(directory).fixture("spin.wasm").wall(3_000).run();
    assertThat(outcome).isInstanceOf(TimedOut.class);
    check(outcome.measured(), childrensCpuMs() - before);
  }

  private static void check(Measured measured, long truthMs) {
    assertThat(measured.cpuMs())
        .isBetween(truthMs - truthMs / 10 - MS_PER_TICK, truthMs + 2 * MS_PER_TICK)
        .isLessThanOrEqualTo(measured.wallMs() * Runs.MACHINE.facts().cores());
    assertThat(measured.memPeakBytes()).isGreaterThan(20L << 20);
    assertThat(measured.memMeanBytes()).isBetween(1L << 20, measured.memPeakBytes());
    assertThat(measured.memReservedBytes()).isEqualTo(16L << 20);
    assertThat(measured.endMs()).isGreaterThan(measured.startMs());
  }
}
