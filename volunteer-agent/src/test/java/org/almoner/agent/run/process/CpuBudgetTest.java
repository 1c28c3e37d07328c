package org.almoner.agent.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that burns as many processors as it gets, under a clock of its own. */
class CpuBudgetTest {
  private static final long MS = 1_000_000;
  private static final long TICK = 10 * MS;

  /**
   * Processor time that a burner gets in {@code seconds}, in milliseconds.
   *
   * @param lateNanos how much later than it asked it is asked again
   */
  private static double burnt(
      double cpus, int threads, int seconds, long startNanos, long lateNanos) {
    CpuBudget budget = new CpuBudget(cpus, 4, startNanos, 0);
    long now = 0;
    double cpu = 0;
    CpuBudget.Step step = budget.next(0, 0);
    while (now < seconds * 1_000 * MS) {
      long passed = step.nanos() + lateNanos;
      now += passed;
      cpu += step.hold() ? 0 : passed * (double) threads;
      // The system tells processor time in ticks.
      step = budget.next(now, (long) (cpu / TICK) * TICK);
    }
    return cpu / MS / (now / (double) (seconds * 1_000 * MS));
  }

  @ParameterizedTest
  @CsvSource({"0.25,1", "0.25,4", "0.05,1", "0.5,2", "0.9,1", "1.0,4", "2.5,4"})
  void theShareIsMetWithinTwoPercentInTenSeconds(double cpus, int threads) {
    assertThat(burnt(cpus, threads, 10, 0, 0)).isBetween(9_800 * cpus, 10_200 * cpus);
  }

  @ParameterizedTest
  @CsvSource({"0.25,1", "0.5,2", "0.9,1"})
  void alsoOnAMachineThatWakesLate(double cpus, int threads) {
    assertThat(burnt(cpus, threads, 20, 0, 30 * MS)).isBetween(19_400 * cpus, 20_600 * cpus);
  }

  @Test
  void whatStaysWithinItsBudgetIsNeverHeldAndSeldomLookedAt() {
    CpuBudget budget = new CpuBudget(0.5, 4, 0, 0);
    CpuBudget.Step step = budget.next(0, 0);
    long now = 0;
    for (int look = 0; look < 100; look++) {
      now += 1_000 * MS;
      step = budget.next(now, (long) (now * 0.4));
      assertThat(step.hold()).isFalse();
    }
    assertThat(step.nanos()).isEqualTo(1_000 * MS);
  }

  @Test
  void whatWasNotUsedIsNotSavedForLong() {
    CpuBudget budget = new CpuBudget(0.5, 4, 0, 0);
    budget.next(0, 0);
    budget.next(3_600_000 * MS, 0);
    // At most a second's worth of an hour of rest may be burnt at once.
    assertThat(budget.next(3_600_000 * MS + 600 * MS, 1_000 * MS).hold()).isTrue();
  }

  @Test
  void aCompilerMayUseMoreAtTheStart() {
    assertThat(burnt(1, 2, 3, 3_000 * MS, 0)).isGreaterThan(5_500);
    assertThat(burnt(1, 2, 60, 3_000 * MS, 0)).isBetween(62_000.0, 64_000.0);
  }
}
