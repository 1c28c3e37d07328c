package org.almoner.agent.run.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.meter.ProcessMeter;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Spent;
import org.almoner.protocol.lease.Allotment;

/**
 * One running process of a unit, from start to end.
 *
 * <p>It inherits nothing but an open pipe as its standard input: when the agent dies the pipe ends
 * and the process ends itself, unless it is held still; then {@link Orphans} finds it. It may run
 * until the allotment's wall time is over; time in which it is held still does not count.
 */
public final class ChildProcess {
  /** Time between two samples while a run is young, and when it is older than {@link #YOUNG_MS}. */
  private static final long SAMPLE_YOUNG_MS = 100;

  private static final long SAMPLE_MS = 1_000;
  private static final long YOUNG_MS = 3_000;
  private static final long NANOS_PER_MS = 1_000_000;

  /** How the process ended. */
  public enum End {
    BY_ITSELF,
    WALL_TIME,
    STOPPED
  }

  private final Allotment allotment;
  private final Machine machine;
  private final ProcessControl control;
  private final Clocks clocks;
  private final Process process;
  private final OutputStream lifeline;
  private final ProcessMeter meter;
  private final long startMs;
  private final long startNanos;
  private volatile long sampledCpuMs;
  private boolean stopped;
  private boolean paused;
  private long pausedNanos;
  private long pausedSince;

  private ChildProcess(
      Process process,
      Allotment allotment,
      Machine machine,
      ProcessControl control,
      Clocks clocks) {
    this.process = process;
    this.lifeline = process.getOutputStream();
    this.allotment = allotment;
    this.machine = machine;
    this.control = control;
    this.clocks = clocks;
    this.startMs = clocks.calendar().millis();
    this.startNanos = clocks.nanos().getAsLong();
    this.meter = machine.meter(process.toHandle(), clocks.nanos());
  }

  /**
   * Starts {@code command} in the directory of {@code files}.
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
    return new ChildProcess(process, allotment, machine, control, clocks);
  }

  /** Measures until the process ends or its time is over. */
  public End await() throws InterruptedException {
    End end = End.BY_ITSELF;
    sample();
    while (!process.waitFor(nextSampleMs(), TimeUnit.MILLISECONDS)) {
      sample();
      if (ranMs() > allotment.wallMs() && end == End.BY_ITSELF) {
        end = End.WALL_TIME;
        kill();
      }
    }
    closeLifeline();
    return wasStopped() ? End.STOPPED : end;
  }

  private void sample() {
    meter.sample();
    sampledCpuMs = meter.cpuMs();
  }

  /** What it has taken up to now; for any thread. */
  public Spent spent() {
    return new Spent(ranMs(), sampledCpuMs);
  }

  private long nextSampleMs() {
    long ranMs = ranMs();
    long interval = ranMs < YOUNG_MS ? SAMPLE_YOUNG_MS : SAMPLE_MS;
    return Math.max(1, Math.min(interval, allotment.wallMs() - ranMs + 1));
  }

  /** Wall time so far without the pauses. */
  private synchronized long ranMs() {
    long now = clocks.nanos().getAsLong();
    long still = pausedNanos + (paused ? now - pausedSince : 0);
    return (now - startNanos - still) / NANOS_PER_MS;
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

  /** Ends the process now, if it still runs. */
  public synchronized void stop() {
    if (process.isAlive()) {
      stopped = true;
      kill();
    }
  }

  private void kill() {
    process.destroyForcibly();
  }

  /** Holds the process still, where the system can. */
  public synchronized void pause() {
    try {
      if (!paused && control.pause(process.toHandle())) {
        paused = true;
        pausedSince = clocks.nanos().getAsLong();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the process could not be paused", e);
    }
  }

  /** Lets it go on. */
  public synchronized void resume() {
    try {
      if (paused) {
        control.resume(process.toHandle());
        paused = false;
        pausedNanos += clocks.nanos().getAsLong() - pausedSince;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the process could not be resumed", e);
    }
  }

  /**
   * What the process took; call it after its end.
   *
   * @param ownCpuMs what it said itself at its end, 0 when it said nothing: the samples miss the
   *     last stretch. No more is believed than all processors of the machine could have given in
   *     the time.
   */
  public Measured measured(long ownCpuMs) {
    long wallMs = (clocks.nanos().getAsLong() - startNanos) / NANOS_PER_MS;
    long possibleMs = wallMs * machine.facts().cores();
    return new Measured(
        startMs,
        Math.max(startMs, clocks.calendar().millis()),
        wallMs,
        Math.min(possibleMs, Math.max(ownCpuMs, meter.cpuMs())),
        meter.memPeakBytes(),
        meter.memMeanBytes(),
        allotment.memoryBytes());
  }
}
