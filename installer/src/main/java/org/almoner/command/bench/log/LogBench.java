package org.almoner.command.bench.log;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.almoner.agent.durable.FolderTree;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.Computer;
import org.almoner.command.bench.Disk;
import org.almoner.command.bench.Latencies;
import org.almoner.ledger.check.LogCheck;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many lines a second the ledger bears, how long one waits for its proof, and what it
 * costs: at a fixed rate and at saturation, at several sizes of the log, without and with
 * witnesses.
 */
public final class LogBench {
  /** Reports under way at one time at saturation. */
  private static final int IN_FLIGHT = 256;

  private static final long QUORUM_WAIT_MS = 60_000;
  private static final Path STATUS = Path.of("/proc/self/status");

  private final LogSettings settings;
  private final Progress progress;
  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private long milestone;

  /** Tells how far the measurement has come. */
  @FunctionalInterface
  public interface Progress {
    /** A line; {@code milestone} grows where it is worth printing for nobody in particular. */
    void tell(String line, long milestone);
  }

  /** Measures with those settings. */
  public LogBench(LogSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Fills a new log, measures at each size, and checks the whole log at the end.
   *
   * @throws BenchFailed when a line that was acknowledged is not in the log, or anything else does
   *     not add up; there are no figures then
   * @throws IOException when the store fails
   */
  public LogFigures run() throws IOException, InterruptedException, BenchFailed {
    Computer computer = Computer.here();
    Path folder =
        Files.createTempDirectory(Files.createDirectories(settings.folder()), "almoner-log-");
    try {
      Disk disk = Disk.under(folder);
      tell("signing reports");
      Supply supply = Supply.sign(Pipeline.ORIGIN, random);
      List<LogPhase> phases = new ArrayList<>();
      @Nullable Ended ended = null;
      for (long size : settings.sizes()) {
        Path of = folder.resolve("log-" + size);
        try (Pipeline log = Pipeline.open(of.resolve("store"), random)) {
          fill(log, supply, size);
          phases.addAll(phases(log, supply, of));
          ended = end(log);
        }
        FolderTree.remove(of);
      }
      return new LogFigures(
          phases,
          Objects.requireNonNull(ended, "there is at least one size").proofs(),
          ended.size(),
          ended.checkSeconds(),
          computer,
          disk);
    } finally {
      FolderTree.remove(folder);
    }
  }

  /** What is measured of a log that nothing is added to any more. */
  private record Ended(ProofFigures proofs, long size, double checkSeconds) {}

  private List<LogPhase> phases(Pipeline log, Supply supply, Path folder)
      throws IOException, InterruptedException, BenchFailed {
    List<LogPhase> phases = new ArrayList<>();
    List<Integer> counts =
        settings.witnesses() == 0 ? List.of(0) : List.of(0, settings.witnesses());
    // The fixed rate first: saturation makes the log much larger.
    for (boolean saturated : List.of(false, true)) {
      for (int witnesses : counts) {
        Path kept = folder.resolve("witnesses-" + phases.size());
        phases.add(phase(log, supply, saturated, witnesses, kept));
      }
    }
    return phases;
  }

  private Ended end(Pipeline log) throws IOException, BenchFailed {
    tell("making and verifying " + ProofFigures.PROOFS + " proofs");
    ProofFigures proofs = ProofFigures.measure(log, new SplittableRandom(1));
    tell("checking the whole log");
    long begun = System.nanoTime();
    long size = check(log);
    return new Ended(proofs, size, (System.nanoTime() - begun) / 1e9);
  }

  private void fill(Pipeline log, Supply supply, long size)
      throws InterruptedException, BenchFailed {
    Semaphore free = new Semaphore(IN_FLIGHT);
    Latencies uncounted = new Latencies();
    long from = log.checkpoint().checkpoint().size();
    long told = 0;
    for (long at = from; at < size; at += LogSettings.LINES_PER_REPORT) {
      free.acquire();
      send(log, supply, System.nanoTime(), uncounted, free);
      failed();
      if (at - told >= 50_000) {
        told = at;
        tell(String.format(Locale.ROOT, "filling the log: %,d of %,d entries", at, size));
      }
    }
    free.acquire(IN_FLIGHT);
    failed();
  }

  private LogPhase phase(Pipeline log, Supply supply, boolean saturated, int witnesses, Path folder)
      throws IOException, InterruptedException, BenchFailed {
    @Nullable Witnesses asked =
        witnesses == 0 ? null : Witnesses.start(log, witnesses, folder, random);
    try {
      String load = saturated ? "saturation" : settings.rate() + "/s";
      String what =
          String.format(
              Locale.ROOT,
              "%s, %d witnesses, %,d entries",
              load,
              witnesses,
              log.checkpoint().checkpoint().size());
      tell("warming up: " + what);
      load(log, supply, saturated, settings.warmup(), new Latencies());
      tell("measuring: " + what);
      long size = log.checkpoint().checkpoint().size();
      long lines = log.lines();
      long groups = log.groups();
      long synced = log.syncs();
      long cpu = cpuNanos();
      long begun = System.nanoTime();
      Latencies latencies = new Latencies();
      load(log, supply, saturated, settings.seconds(), latencies);
      double seconds = (System.nanoTime() - begun) / 1e9;
      long done = log.lines() - lines;
      long used = cpuNanos() - cpu;
      long ended = System.nanoTime();
      if (asked != null) {
        asked.await(log.checkpoint().checkpoint().size(), QUORUM_WAIT_MS);
      }
      return new LogPhase(
          load,
          witnesses,
          size,
          done / seconds,
          latencies.quantileMs(0.50),
          latencies.quantileMs(0.99),
          latencies.longestMs(),
          log.syncs() - synced,
          log.groups() - groups,
          used / 1e6 / Math.max(1, done),
          rssMib(),
          asked == null ? 0 : (System.nanoTime() - ended) / 1e6);
    } finally {
      if (asked != null) {
        asked.close();
      }
    }
  }

  /** Sends reports for so many seconds and waits for the last. */
  private void load(
      Pipeline log, Supply supply, boolean saturated, int seconds, Latencies latencies)
      throws InterruptedException, BenchFailed {
    Semaphore free = new Semaphore(IN_FLIGHT);
    // At a fixed rate nothing holds the next report back: who waits in a queue waits as users do.
    Semaphore unbounded = new Semaphore(0);
    long begin = System.nanoTime();
    long end = begin + Duration.ofSeconds(seconds).toNanos();
    long apart = 1_000_000_000L * LogSettings.LINES_PER_REPORT / settings.rate();
    int sent = 0;
    if (saturated) {
      while (System.nanoTime() < end) {
        free.acquire();
        send(log, supply, System.nanoTime(), latencies, free);
        failed();
      }
      free.acquire(IN_FLIGHT);
    } else {
      for (long due = begin; due < end; due += apart) {
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        send(log, supply, due, latencies, unbounded);
        sent++;
        failed();
      }
      unbounded.acquire(sent);
    }
    failed();
  }

  private void send(Pipeline log, Supply supply, long due, Latencies latencies, Semaphore done) {
    var unused =
        log.take(supply.next())
            .whenComplete(
                (lines, thrown) -> {
                  if (thrown != null) {
                    failure.compareAndSet(null, thrown);
                  }
                  latencies.add(Duration.ofNanos(System.nanoTime() - due));
                  done.release();
                });
  }

  private void failed() throws BenchFailed {
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new BenchFailed("a report was refused: " + thrown.getMessage(), thrown);
    }
  }

  /** Hashes everything again; every line that was proved must be there, and no other. */
  private static long check(Pipeline log) throws IOException, BenchFailed {
    var checkpoint = log.checkpoint();
    var checked = LogCheck.run(log.stores().log(), checkpoint, (index, entry) -> {});
    if (!checked.findings().isEmpty()) {
      throw new BenchFailed("the check of the log found: " + checked.findings().get(0));
    }
    if (checked.usageLines() != log.lines()) {
      throw new BenchFailed(
          "the log holds "
              + checked.usageLines()
              + " usage lines, but "
              + log.lines()
              + " were acknowledged");
    }
    return checkpoint.checkpoint().size();
  }

  private static long cpuNanos() throws BenchFailed {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean known) {
      return known.getProcessCpuTime();
    }
    throw new BenchFailed("this Java does not tell how much processor time it used");
  }

  private static long rssMib() throws IOException, BenchFailed {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("\\D", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow(() -> new BenchFailed(STATUS + " does not tell the resident memory"))
          / 1_024;
    }
  }

  private void tell(String line) {
    milestone++;
    progress.tell(line, milestone);
  }
}
