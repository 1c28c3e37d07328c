package org.almoner.agent.meter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Watches a process and its descendants by samples. Not for several threads at once.
 *
 * <p>A process that ends takes its last stretch of processor time with it; whoever needs that must
 * have it from the process itself or from the system.
 */
public final class ProcessMeter {
  private final OperatingSystem system;
  private final ProcessHandle root;
  private final LongSupplier nanos;
  private final Map<Integer, Long> cpuMsByProcess = new HashMap<>();
  private long peakBytes;
  private double byteNanos;
  private long watchedNanos;
  private long lastNanos;
  private long lastBytes;
  private boolean sampled;

  ProcessMeter(OperatingSystem system, ProcessHandle root, LongSupplier nanos) {
    this.system = system;
    this.root = root;
    this.nanos = nanos;
  }

  /** Takes a sample; without effect when the process is gone. */
  public void sample() {
    List<OSProcess> processes =
        Stream.concat(Stream.of(root), root.descendants())
            .map(handle -> system.getProcess((int) handle.pid()))
            .filter(process -> process != null && process.getResidentMemory() > 0)
            .toList();
    if (processes.isEmpty()) {
      return;
    }
    long bytes = 0;
    for (OSProcess process : processes) {
      bytes += process.getResidentMemory();
      long cpuMs = process.getUserTime() + process.getKernelTime();
      cpuMsByProcess.merge(process.getProcessID(), cpuMs, Math::max);
    }
    add(nanos.getAsLong(), bytes);
  }

  private void add(long now, long bytes) {
    if (sampled) {
      watchedNanos += now - lastNanos;
      byteNanos += (now - lastNanos) * (lastBytes + (double) bytes) / 2;
    }
    sampled = true;
    lastNanos = now;
    lastBytes = bytes;
    peakBytes = Math.max(peakBytes, bytes);
  }

  /** User and system time of all processes seen, in milliseconds, up to the last sample of each. */
  public long cpuMs() {
    return cpuMsByProcess.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Largest resident memory seen, in octets. */
  public long memPeakBytes() {
    return peakBytes;
  }

  /** Mean resident memory over the time between the first and the last sample, in octets. */
  public long memMeanBytes() {
    return watchedNanos == 0 ? lastBytes : Math.min(peakBytes, (long) (byteNanos / watchedNanos));
  }
}
