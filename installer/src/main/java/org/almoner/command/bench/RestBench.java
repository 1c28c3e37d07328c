package org.almoner.command.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.durable.FsyncDisk;

/** Measures from outside what an agent takes while there is no work. */
public final class RestBench {
  private static final long LOOK_MS = 1_000;
  private static final int START_SECONDS_MAX = 120;
  private static final long END_SECONDS_MAX = 20;
  private static final double KIB_PER_MIB = 1024;
  private static final double PERCENT = 100;

  private final Path folder;
  private final int warmup;
  private final int seconds;
  private final Program program;

  /**
   * @param folder where the folders of both processes are made
   * @param warmup seconds of rest before the counted interval
   * @param seconds length of the interval
   */
  public RestBench(Path folder, int warmup, int seconds, Program program) {
    if (seconds < 1 || warmup < 0) {
      throw new IllegalArgumentException(
          "expected at least a second, got " + seconds + " after " + warmup);
    }
    this.folder = folder;
    this.warmup = warmup;
    this.seconds = seconds;
    this.program = program;
  }

  /**
   * Starts a coordinator that has no work, and an agent, and looks at the agent.
   *
   * @throws BenchFailed when either ends, or this system does not tell
   */
  public RestFigures run() throws IOException, InterruptedException, BenchFailed {
    Computer computer = Computer.here();
    program.progress("starting a coordinator", 0);
    try (CoordinatorProcess coordinator = CoordinatorProcess.start(folder, List.of(), program)) {
      Path home = coordinator.folder().resolve("agent");
      Path log = coordinator.folder().resolve("agent.log");
      Process agent =
          new ProcessBuilder(program.agent(home, coordinator.place().base()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        awaitRest(agent, home, log);
        look(agent, warmup, log);
        return measured(agent, computer, log);
      } finally {
        end(agent);
      }
    }
  }

  private void awaitRest(Process agent, Path home, Path log)
      throws IOException, InterruptedException, BenchFailed {
    program.progress("starting an agent", 0);
    StatusFile status = new StatusFile(home, new FsyncDisk());
    for (int second = 0; second < START_SECONDS_MAX; second++) {
      check(agent, log);
      boolean rests =
          Files.isDirectory(home)
              && status.read().filter(now -> now.state() == Status.State.WAITING).isPresent();
      if (rests) {
        return;
      }
      Thread.sleep(LOOK_MS);
    }
    throw new BenchFailed("the agent did not come to rest: " + lastLine(log));
  }

  private double look(Process agent, int forSeconds, Path log)
      throws IOException, InterruptedException, BenchFailed {
    double largest = 0;
    for (int second = 0; second < forSeconds; second++) {
      Thread.sleep(LOOK_MS);
      check(agent, log);
      largest = Math.max(largest, residentMib(agent));
      program.progress("looking at an agent at rest, second " + second, second / 30L);
    }
    return largest;
  }

  private RestFigures measured(Process agent, Computer computer, Path log)
      throws IOException, InterruptedException, BenchFailed {
    long from = System.nanoTime();
    Duration before = cpu(agent);
    double mib = look(agent, seconds, log);
    Duration used = cpu(agent).minus(before);
    long nanos = System.nanoTime() - from;
    return new RestFigures(
        mib,
        PERCENT * used.toNanos() / nanos,
        nanos / (double) TimeUnit.SECONDS.toNanos(1),
        computer);
  }

  private static Duration cpu(Process agent) throws BenchFailed {
    return agent
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new BenchFailed("this system does not tell; measure on Linux"));
  }

  private static double residentMib(Process agent) throws IOException, BenchFailed {
    Path status = Path.of("/proc/" + agent.pid() + "/status");
    if (!Files.exists(status)) {
      throw new BenchFailed("this system does not tell; measure on Linux");
    }
    String line =
        Files.readAllLines(status).stream()
            .filter(one -> one.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow(() -> new BenchFailed("the agent has no memory any more"));
    return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
  }

  private static void check(Process agent, Path log) throws IOException, BenchFailed {
    if (!agent.isAlive()) {
      throw new BenchFailed(
          "the agent ended with code " + agent.exitValue() + ": " + lastLine(log));
    }
  }

  private static String lastLine(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8)
        .lines()
        .reduce((earlier, later) -> later)
        .orElse("it said nothing");
  }

  private static void end(Process agent) throws InterruptedException {
    agent.destroy();
    if (!agent.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      agent.destroyForcibly().waitFor();
    }
  }
}
