package org.almoner.command.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * Measures how many cycles a second a coordinator bears, and what each costs.
 *
 * <p>A cycle is one replica of a unit: leased by a signed request, its grant's signature checked,
 * reported in a freshly signed report with an output of 1 KiB, verified, made durable, logged, and
 * its proof checked by who reported it.
 */
public final class DispatchBench {
  private static final long SECOND_MS = 1_000;

  /** Lines of progress for one phase, where nobody is watching. */
  private static final int MILESTONES = 4;

  private final DispatchSettings settings;
  private final Program program;
  private long milestone;

  /** Measures with those settings. */
  public DispatchBench(DispatchSettings settings, Program program) {
    this.settings = settings;
    this.program = program;
  }

  /**
   * Runs a coordinator, the load and the check afterwards.
   *
   * @throws BenchFailed when anything did not go as it must; there are no figures then
   * @throws IOException when disk or network fail
   */
  public Figures run() throws IOException, InterruptedException, BenchFailed {
    Computer computer = Computer.here();
    tell("starting a coordinator");
    try (CoordinatorProcess coordinator =
        CoordinatorProcess.start(settings.folder(), settings.jvm(), program)) {
      Disk disk = Disk.under(coordinator.folder());
      Place place = coordinator.place();
      Tally tally = new Tally();
      tell(
          "enrolling "
              + settings.connections() * DispatchSettings.AGENTS_PER_CONNECTION
              + " agents, each of a donor of its own");
      try (Load load = Load.start(place, settings, tally, new SecureRandom())) {
        watch("warming up", settings.warmup(), load, tally);
        tally.count(true);
        Moment begin = Moment.now(coordinator.handle(), tally);
        watch("measuring", settings.seconds(), load, tally);
        Moment end = Moment.now(coordinator.handle(), tally);
        tally.count(false);
        load.stop();
        tell("checking " + tally.cycles() + " lines in the log");
        SelfCheck.run(place, tally, load.batches());
        return Figures.between(begin, end, tally.latencies(), settings, computer, disk);
      } catch (BenchFailed e) {
        throw coordinator.reason(e);
      }
    }
  }

  private void watch(String what, int seconds, Load load, Tally tally)
      throws InterruptedException, BenchFailed {
    long deadline = System.nanoTime() + seconds * SECOND_MS * 1_000_000;
    for (int second = 1; second <= seconds; second++) {
      long before = tally.cycles();
      long until = deadline - (seconds - second) * SECOND_MS * 1_000_000;
      Thread.sleep(Math.max(0, (until - System.nanoTime()) / 1_000_000));
      load.check();
      program.progress(
          String.format(
              Locale.ROOT,
              "%s: %d of %d s, %,d jobs/s",
              what,
              second,
              seconds,
              tally.cycles() - before),
          milestone + second * MILESTONES / seconds);
    }
    milestone += MILESTONES;
  }

  private void tell(String line) {
    milestone++;
    program.progress(line, milestone);
  }
}
