package org.almoner.agent.run.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.meter.EnergyMeter;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.meter.ProcessMeter;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Spent;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.usage.Energy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running process of a unit and all that it starts, from start to end.
 *
 * <p>It inherits nothing but an open pipe as its standard input: when the agent dies the pipe ends
 * and the process ends itself, unless it is held still; then {@link Orphans} finds it. It may run
 * until the allotment's wall time is over; time in which it is held still does not count. It is
 * held still while it has used more than its share of the processors, and while the computer is too
 * hot.
 */
public final class ChildProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

  /**
   * What is written to the process's standard input to have its guest put aside: {@link
   * #putsAside}.
   */
  private static final int PUT_ASIDE = 1;

  /** How long that may take; the agent itself has two seconds to stop. */
  private static final long PUT_ASIDE_MS_MAX = 800;

  /** How the process ended. */
  public enum End {
    /** By itself, or because it took more than its {@link Ceiling}; {@link #exceeded} tells. */
    BY_ITSELF,
    WALL_TIME,
    STOPPED
  }

  private final Allotment allotment;
  private final Ceiling ceiling;
  private final Machine machine;
  private final ProcessControl control;
  private final Process process;
  private final OutputStream lifeline;
  private final ProcessMeter meter;
  private final Calendar calendar;
  private final Stopwatch watch;
  private final Hold hold;
  private final Pace pace;
  private final EnergyMeter.Stretch energy;
  private volatile long sampledCpuMs;
  private volatile String exceeded = "";
  private volatile List<Energy> energyTaken = List.of();
  private volatile boolean putsAside;
  private boolean stopped;

  private ChildProcess(
      Process process,
      Allotment allotment,
      Ceiling ceiling,
      Machine machine,
      ProcessControl control,
      Clocks clocks) {
    this.process = process;
    this.lifeline = process.getOutputStream();
    this.allotment = allotment;
    this.ceiling = ceiling;
    this.machine = machine;
    this.control = control;
    this.calendar = new Calendar(clocks, machine::sinceBootMs);
    this.meter = machine.meter(process.toHandle(), clocks.nanos());
    this.energy = machine.energy().begin();
    this.watch = new Stopwatch(clocks.nanos());
    this.hold = new Hold(control, meter, watch);
    this.pace =
        new Pace(
            allotment.cores(),
            machine.facts().cores(),
            control.restraint().cpuPercent(),
            clocks.nanos());
  }

  /**
   * Starts {@code command} in the directory of {@code files}; its engine keeps it within the
   * allotment.
   *
   * @throws IOException when the system cannot start it
   */
  public static ChildProcess start(
      List<String> command,
      ChildFiles files,
      Allotment allotment,
      Machine machine,
      ProcessControl control,
      Clocks clocks)
      throws IOException {
    return start(command, files, allotment, Ceiling.NONE, machine, control, clocks);
  }

  /**
   * Starts {@code command} in the directory of {@code files}, to be ended when it takes more than
   * {@code ceiling}.
   *
   * @throws IOException when the system cannot start it
   */
  public static ChildProcess start(
      List<String> command,
      ChildFiles files,
      Allotment allotment,
      Ceiling ceiling,
      Machine machine,
      ProcessControl control,
      Clocks clocks)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(files.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(files.log().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put(
        "LC_ALL", "C.UTF-8"); // the language of this machine's owner is none of the unit's business
    Process process = builder.start();
    try {
      Orphans.note(files, process.toHandle());
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    return new ChildProcess(process, allotment, ceiling, machine, control, clocks);
  }

  /**
   * Says that the process knows what an octet on its standard input means: it puts its guest aside
   * when it next can, and ends.
   */
  public void putsAside() {
    putsAside = true;
  }

  /**
   * Measures until the process ends or its time is over; nothing that it started outlives it. An
   * interrupt ends it, once it had {@value #PUT_ASIDE_MS_MAX} ms to put its guest aside, if it can.
   */
  public End await() throws InterruptedException {
    try {
      End end = awaitEnd();
      settle();
      return wasStopped() ? End.STOPPED : end;
    } catch (InterruptedException e) {
      letPutAside();
      kill();
      settle();
      throw e;
    }
  }

  /** What is held still has the owner's or the computer's reasons, and stays so. */
  private void letPutAside() {
    if (!putsAside || hold.on()) {
      return;
    }
    try {
      lifeline.write(PUT_ASIDE);
      lifeline.flush();
      boolean unused = process.waitFor(PUT_ASIDE_MS_MAX, TimeUnit.MILLISECONDS);
    } catch (IOException | InterruptedException e) {
      // it is gone, or there is no time: the last snapshot stays
    }
  }

  private End awaitEnd() throws InterruptedException {
    End end = End.BY_ITSELF;
    meter.sample();
    long waitMs = pace.next(0, watch.ranMs(), hold);
    while (!process.waitFor(Math.min(waitMs, leftMs()), TimeUnit.MILLISECONDS)) {
      look(waitMs);
      if (leftMs() <= 1 && end == End.BY_ITSELF && exceeded.isEmpty()) {
        end = End.WALL_TIME;
        kill();
      }
      rest();
      waitMs = pace.next(sampledCpuMs, watch.ranMs(), hold);
    }
    return end;
  }

  private void settle() throws InterruptedException {
    closeLifeline();
    meter.settle();
    sampledCpuMs = meter.cpuMs();
    energyTaken = energy.end(calendar.endMs(0) - calendar.startMs(), sampledCpuMs);
  }

  private long leftMs() {
    return Math.max(1, allotment.wallMs() - watch.ranMs() + 1);
  }

  private void look(long waitedMs) {
    if (pace.glances()) {
      meter.glance();
    } else {
      meter.sample();
    }
    long cpuMs = meter.cpuMs();
    watch.look(waitedMs, cpuMs - sampledCpuMs);
    sampledCpuMs = cpuMs;
    energy.look();
    long tables = meter.memTablesBytes();
    Optional<String> tooMuch =
        ceiling
            .broken(meter.memNowBytes() + tables)
            .flatMap(perhaps -> ceiling.broken(meter.memSharedOutBytes() + tables));
    if (tooMuch.isPresent() && exceeded.isEmpty()) {
      exceeded = tooMuch.get();
      kill();
    }
  }

  private void rest() {
    Optional<String> reason = control.restraint().thermostat().reasonToRest();
    if (reason.isPresent() && !hold.on(Hold.Reason.HEAT)) {
      LOG.atInfo().addKeyValue("reason", reason.get()).log("A unit is held still");
      hold.add(Hold.Reason.HEAT);
    } else if (reason.isEmpty()) {
      hold.remove(Hold.Reason.HEAT);
    }
  }

  /** What it has taken up to now; for any thread. */
  public Spent spent() {
    return new Spent(watch.ranMs(), sampledCpuMs);
  }

  /** Why it was ended though nobody asked: it took more than its ceiling. Empty otherwise. */
  public Optional<String> exceeded() {
    return exceeded.isEmpty() ? Optional.empty() : Optional.of(exceeded);
  }

  private synchronized boolean wasStopped() {
    return stopped;
  }

  private void closeLifeline() {
    try {
      lifeline.close();
    } catch (IOException e) {
      // the reader is gone already
    }
  }

  /** Code with which the process ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Ends it now with all that it started, if it still runs. */
  public synchronized void stop() {
    if (process.isAlive()) {
      stopped = true;
      kill();
    }
  }

  /** Held still first: so nothing is started meanwhile, and the last sample is the whole truth. */
  private void kill() {
    control.hold(meter::running);
    meter.sample();
    meter.running().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Holds it still with all that it started, where the system can. */
  public void pause() {
    hold.add(Hold.Reason.PAUSE);
  }

  /** Lets it go on. */
  public void resume() {
    hold.remove(Hold.Reason.PAUSE);
  }

  /**
   * What the process took; call it after its end.
   *
   * @param ownCpuMs what it said itself at its end, 0 when it said nothing: the samples miss the
   *     last stretch. No more is believed than all processors of the machine could have given in
   *     the time.
   */
  public Measured measured(long ownCpuMs) {
    long wallMs = watch.ranMs();
    long possibleMs = wallMs * machine.facts().cores();
    return new Measured(
        calendar.startMs(),
        calendar.endMs(wallMs),
        wallMs,
        Math.min(possibleMs, Math.max(ownCpuMs, meter.cpuMs())),
        meter.memPeakBytes(),
        meter.memMeanBytes(),
        allotment.memoryBytes(),
        meter.disk(),
        energyTaken);
  }
}
