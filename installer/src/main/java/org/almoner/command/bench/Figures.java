package org.almoner.command.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * What was measured in the counted interval. A <em>job</em> is one cycle.
 *
 * @param jobsPerSecond cycles completed a second
 * @param coordinatorCpuMsPerJob user and system time of the coordinator's process, for each cycle
 * @param loadCpuMsPerJob the same of the process that made the load
 * @param threadCpuMsPerJob the coordinator's share of each family of its threads, those of the
 *     virtual machine among them
 * @param p50Ms what half of the requests took at most, leases and reports together
 * @param p99Ms what all but one in a hundred took at most
 * @param elapsedSeconds length of the interval as it came out
 * @param accepted cycles completed
 * @param refused requests refused, those put off and sent again included
 */
public record Figures(
    DispatchSettings settings,
    double jobsPerSecond,
    double coordinatorCpuMsPerJob,
    double loadCpuMsPerJob,
    SortedMap<String, Double> threadCpuMsPerJob,
    double p50Ms,
    double p99Ms,
    double elapsedSeconds,
    long accepted,
    long refused,
    Computer computer,
    Disk disk) {
  /** Families with less are not worth a line. */
  private static final double SHARE_MS_MIN = 0.0005;

  static Figures between(
      Moment begin,
      Moment end,
      Latencies latencies,
      DispatchSettings settings,
      Computer computer,
      Disk disk) {
    long jobs = end.cycles() - begin.cycles();
    double seconds = (end.nanos() - begin.nanos()) / 1e9;
    double perJob = 1.0 / Math.max(1, jobs) / 1e6;
    return new Figures(
        settings,
        jobs / seconds,
        end.coordinator().minus(begin.coordinator()).toNanos() * perJob,
        end.load().minus(begin.load()).toNanos() * perJob,
        end.threads().perJob(begin.threads(), jobs),
        latencies.quantileMs(0.50),
        latencies.quantileMs(0.99),
        seconds,
        jobs,
        end.refusals() - begin.refusals(),
        computer,
        disk);
  }

  /** One JSON object, its fields in a fixed order, on one line. */
  public String toJson() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("jobs_per_second", FigureJson.number(jobsPerSecond));
    all.put("coordinator_cpu_ms_per_job", FigureJson.number(coordinatorCpuMsPerJob));
    all.put("load_cpu_ms_per_job", FigureJson.number(loadCpuMsPerJob));
    all.put("coordinator_cpu_ms_by_thread", threadsJson());
    all.put("p50_ms", FigureJson.number(p50Ms));
    all.put("p99_ms", FigureJson.number(p99Ms));
    all.put("queued", Integer.toString(settings.queued()));
    all.put("per_request", Integer.toString(settings.perRequest()));
    all.put("connections", Integer.toString(settings.connections()));
    all.put("seconds", FigureJson.number(elapsedSeconds));
    all.put("accepted", Long.toString(accepted));
    all.put("refused", Long.toString(refused));
    all.put("machine", computer.toJson());
    all.put("fsync", disk.toJson());
    return FigureJson.object(all);
  }

  private String threadsJson() {
    Map<String, String> shares = new LinkedHashMap<>();
    threadCpuMsPerJob.forEach(
        (family, ms) -> {
          if (ms >= SHARE_MS_MIN) {
            shares.put(family, FigureJson.number(ms));
          }
        });
    return FigureJson.object(shares);
  }

  /** Some lines for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "%,.0f jobs/s  %d in a request, %d connections, %,d units queued, %.1f s%n"
            + "coordinator %.3f ms of CPU for a job, load %.3f ms, together %.2f of %d cores%n"
            + "requests    half within %.1f ms, 99 of 100 within %.1f ms; %d refused%n"
            + "%s%n%s",
        jobsPerSecond,
        settings.perRequest(),
        settings.connections(),
        settings.queued(),
        elapsedSeconds,
        coordinatorCpuMsPerJob,
        loadCpuMsPerJob,
        (coordinatorCpuMsPerJob + loadCpuMsPerJob) * jobsPerSecond / 1_000,
        computer.cores(),
        p50Ms,
        p99Ms,
        refused,
        computer.toText(),
        disk.toText());
  }
}
