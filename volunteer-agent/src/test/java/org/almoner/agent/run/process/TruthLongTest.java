package org.almoner.agent.run.process;

import static org.assertj.core.api.Assertions.assertThat;

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
    Burners.Ran ran = check(Burners.in(directory).run("sleep", "10"));
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
    Burners burners =
        Burners.in(directory).cores(1).restrained(new Restraint(25, Thermostat.off()));
    Burners.Ran ran = check(burners.run("cpu", "5"));
    assertThat(100.0 * ran.truthMs() / ran.passedMs()).isBetween(23.0, 27.0);
  }

  @Test
  void aQuarterOfTwoCoresForFourThreads() throws Exception {
    Burners burners =
        Burners.in(directory).cores(2).restrained(new Restraint(25, Thermostat.off()));
    Burners.Ran ran = check(burners.run("threads", "4", "2"));
    assertThat(100.0 * ran.truthMs() / ran.passedMs() / 2).isBetween(23.0, 27.0);
  }

  @Test
  void oneCoreIsOneCoreHoweverManyThreads() throws Exception {
    Burners burners = Burners.in(directory).cores(1).wall(30_000);
    Burners.Ran ran = check(burners.run("threads", "4", "600"));
    assertThat(ran.truthMs()).isLessThan(ran.passedMs() + 3_500);
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
