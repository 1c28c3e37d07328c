package org.almoner.command.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.journal.KnownKeys;

/**
 * Measures how a coordinator bears all its agents coming back in one moment after an outage.
 *
 * <p>Every agent has enrolled before and holds a finished unit. The coordinator is killed and
 * started again; then each agent, from an address of its own, reports and asks for work, and waits
 * as a real one does when it is turned away.
 */
public final class OutageBench {
  /** Agents that enrol at once, before the outage. */
  private static final int PREPARING = 32;

  private final OutageSettings settings;
  private final Program program;
  private long milestone;

  /** Measures with those settings. */
  public OutageBench(OutageSettings settings, Program program) {
    this.settings = settings;
    this.program = program;
  }

  /**
   * Runs the coordinator, the outage and the check afterwards.
   *
   * @throws BenchFailed when anything did not go as it must; there are no figures then
   */
  public OutageFigures run() throws IOException, InterruptedException, BenchFailed {
    Computer computer = Computer.here();
    tell("starting a coordinator");
    try (CoordinatorProcess coordinator =
        CoordinatorProcess.start(settings.folder(), settings.jvm(), program)) {
      try {
        return measured(coordinator, computer);
      } catch (BenchFailed e) {
        throw coordinator.reason(e);
      }
    }
  }

  private OutageFigures measured(CoordinatorProcess coordinator, Computer computer)
      throws IOException, InterruptedException, BenchFailed {
    Place before = coordinator.place();
    SecureRandom random = new SecureRandom();
    Tally tally = new Tally();
    var unused = Supply.open(before, tally, Math.max(settings.agents(), 100), random);
    Turned turned = new Turned();
    Checkpoints checkpoints = new Checkpoints();
    KnownKeys signers = new KnownKeys();
    List<ReturningAgent> agents = new ArrayList<>();
    for (int i = 0; i < settings.agents(); i++) {
      agents.add(new ReturningAgent(i, before, checkpoints, signers, tally, turned, random));
    }
    Crowd crowd = new Crowd(agents);
    tell(settings.agents() + " agents enrol and take a unit each");
    crowd.all(Math.min(PREPARING, agents.size()), ReturningAgent::begin);
    tell("killing the coordinator and starting it again");
    coordinator.killAndStartAgain();
    Place after = coordinator.place();
    tell("all come back");
    turned.forget();
    Latencies served = new Latencies();
    tally.count(true);
    long from = System.nanoTime();
    crowd.all(agents.size(), agent -> served.add(agent.comeBack(after.base())));
    double seconds = (System.nanoTime() - from) / 1e9;
    tally.count(false);
    coordinator.check();
    tell("checking " + tally.cycles() + " lines in the log");
    SelfCheck.runLog(after, tally);
    if (tally.cycles() != settings.agents()) {
      throw new BenchFailed(tally.cycles() + " of " + settings.agents() + " reports were logged");
    }
    return new OutageFigures(
        settings.agents(),
        seconds,
        served.quantileMs(0.50),
        served.quantileMs(0.99),
        tally.latencies().quantileMs(0.50),
        tally.latencies().quantileMs(0.99),
        turned.tooMany(),
        turned.busy(),
        turned.otherFaults(),
        turned.brokenOff(),
        peakBytes(coordinator.handle().pid()),
        tally.cycles(),
        computer);
  }

  /** As Linux tells it; 0 elsewhere. */
  private static long peakBytes(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    return 0;
  }

  private void tell(String line) {
    milestone++;
    program.progress(line, milestone);
  }
}
