package org.almoner.command.bench;

import java.time.Duration;

/**
 * What clock, processors and counters showed at one moment.
 *
 * @param nanos a monotonic clock
 * @param coordinator user and system time of the coordinator's process so far
 * @param load the same of this process
 * @param threads the same of the coordinator's threads
 */
record Moment(
    long nanos,
    Duration coordinator,
    Duration load,
    ThreadTimes threads,
    long cycles,
    long refusals) {
  static Moment now(ProcessHandle coordinator, Tally tally) throws BenchFailed {
    return new Moment(
        System.nanoTime(),
        cpu(coordinator),
        cpu(ProcessHandle.current()),
        ThreadTimes.of(coordinator),
        tally.cycles(),
        tally.refusals());
  }

  private static Duration cpu(ProcessHandle process) throws BenchFailed {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(
            () ->
                new BenchFailed(
                    "this system does not tell how much processor time process "
                        + process.pid()
                        + " has used; measure on Linux"));
  }
}
