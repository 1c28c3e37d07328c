package org.almoner.agent.run.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.consent.Thermostat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Burners of known cost against the kernel's own books: two parts in a hundred. */
@Tag("long")
class TruthLongTest {
  private static final long MIB = 1 << 20;

  @TempDir Path directory;
  private String name = "";

  @BeforeEach
  void remember(TestInfo info) {
    name = info.getTestMethod().orElseThrow().getName();
  }

  private Burners.Ran check(Burners.Ran ran) {
    double off = 100.0 * (ran.measured().cpuMs() - ran.truthMs()) / Math.max(1, ran.truthMs());
    System.out.printf(
        Locale.ROOT,
        "%s: kernel %d ms, measured %d ms (%+.2f %%), in %d ms; the meter itself %.2f %% of a"
            + " core; memory mean %d MiB, peak %d MiB%n",
        name,
        ran.truthMs(),
        ran.measured().cpuMs(),
        off,
        ran.passedMs(),
        100.0 * ran.own() / ran.passedMs(),
        ran.measured().memMeanBytes() / MIB,
        ran.measured().memPeakBytes() / MIB);
    assertThat(ran.measured().cpuMs())
        .isBetween((long) (ran.truthMs() * 0.98) - 20, (long) (ran.truthMs() * 1.02) + 20);
    return ran;
  }

  @Test
  void oneCoreForTenSeconds() throws Exception {
    check(Burners.in(directory).run("cpu", "10"));
  }

  @Test
  void twoCoresForTenSeconds() throws Exception {
    Burners.Ran ran = check(Burners.in(directory).run("threads", "2", "10"));
    assertThat(ran.truthMs()).isBetween(20_000L, 20_400L);
  }

  @Test
  void threeHundredMebibytesForTenSeconds() throws Exception {
    Burners.Ran ran = check(Burners.in(directory).run("memory", "300", "10"));
    assertThat(ran.measured().memMeanBytes()).isBetween(294 * MIB, 310 * MIB);
    assertThat(ran.measured().memPeakBytes()).isBetween(300 * MIB, 310 * MIB);
  }

  @Test
  void tenSecondsOfSleep() throws Exception {
    Burners burners = Burners.in(directory);
    burners.run("sleep", "3"); // Java's own beginnings
    Burners.Ran ran = check(burners.run("sleep", "10"));
    assertThat(ran.measured().cpuMs()).isLessThan(50);
    assertThat(ran.measured().wallMs()).isBetween(9_900L, ran.passedMs());
    assertThat(100.0 * ran.own() / ran.passedMs()).as("the meter itself").isLessThan(0.5);
  }

  @Test
  void fortyGrandchildren() throws Exception {
    check(Burners.in(directory).run("forks", "10"));
  }

  @Test
  void anOrphan() throws Exception {
    check(Burners.in(directory).run("orphan", "5", "12"));
  }

  @Test
  void oneThatIsEndedAtItsDeadline() throws Exception {
    check(Burners.in(directory).wall(5_000).run("threads", "2", "600"));
  }

  @Test
  void aQuarterAskedForIsAQuarterGiven() throws Exception {
    aQuarter(1, "cpu", "5");
  }

  @Test
  void aQuarterOfTwoCoresForFourThreads() throws Exception {
    aQuarter(2, "threads", "4", "2");
  }

  /** Never more; less only where others leave a machine no quarter to give. */
  private void aQuarter(int cores, String... words) throws Exception {
    Burners burners =
        Burners.in(directory).cores(cores).restrained(new Restraint(25, Thermostat.off()));
    double percent = 0;
    for (int attempt = 0; attempt < 3 && percent < 23; attempt++) {
      Burners.Ran ran = check(burners.run(words));
      percent = 100.0 * ran.truthMs() / ran.passedMs() / cores;
      assertThat(percent).isLessThan(27);
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    assumeTrue(percent >= 23 || load < 2 * cores, "machine too busy to give a quarter: " + load);
    assertThat(percent).isGreaterThan(23);
  }

  @Test
  void oneCoreIsOneCoreHoweverManyThreads() throws Exception {
    Burners burners = Burners.in(directory).cores(1).wall(30_000);
    Burners.Ran ran = check(burners.run("threads", "4", "600"));
    assertThat(ran.truthMs()).isLessThan(ran.passedMs() + 3_500);
  }

  /** Time until a tree is still, and until it is gone; the best of some, on a busy machine. */
  @Test
  void pauseAndEndTakeATenthOfASecond() throws Exception {
    Burners burners = Burners.in(directory);
    long stillMs = Long.MAX_VALUE;
    long goneMs = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      try (Kernel kernel = Kernel.open()) {
        ChildProcess process = burners.start(kernel, "spread");
        Thread awaiting = new Thread(() -> await(process));
        awaiting.start();
        Thread.sleep(500);
        long before = System.nanoTime();
        process.pause();
        stillMs = Math.min(stillMs, untilStill(kernel, before));
        before = System.nanoTime();
        process.stop();
        while (!kernel.processes().isEmpty()) {
          Thread.sleep(1);
        }
        goneMs = Math.min(goneMs, (System.nanoTime() - before) / 1_000_000);
        awaiting.join();
      }
    }
    System.out.printf("%s: still after %d ms, gone after %d ms%n", name, stillMs, goneMs);
    assertThat(stillMs).isLessThan(100);
    assertThat(goneMs).isLessThan(100);
  }

  private static long untilStill(Kernel kernel, long since) throws Exception {
    long used = -1;
    long at = System.nanoTime();
    for (int quiet = 0; quiet < 10; quiet++) {
      long now = kernel.cpuMs();
      if (now != used) {
        used = now;
        at = System.nanoTime();
        quiet = 0;
      }
      Thread.sleep(10);
    }
    return (at - since) / 1_000_000;
  }

  private static void await(ChildProcess process) {
    try {
      process.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void itRestsWhileItIsTooHot() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    // Too hot from the third second to about the eighth.
    Thermostat hot =
        new Thermostat(() -> OptionalInt.of(looks.incrementAndGet() / 10 % 2 == 0 ? 60 : 95), 80);
    Burners.Ran ran =
        check(Burners.in(directory).restrained(new Restraint(100, hot)).run("cpu", "5"));
    assertThat(ran.measured().wallMs()).isLessThan(ran.passedMs() - 1_000);
  }
}
