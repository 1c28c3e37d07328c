package org.almoner.agent.meter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.almoner.protocol.usage.DiskUse;

/**
 * Watches a process, its descendants, and those of them whose parents ended, by samples and by the
 * accounts they leave. For any thread.
 *
 * <p>What a child used is in its parent's account once the parent has asked for its end, however
 * short its life was. Lost is only the last stretch of a process whose end nobody asks for, since
 * the sample before; and the root's own, which must have it from itself or be held still, sampled
 * and ended.
 */
public final class ProcessMeter {
  /** How long an end may take of a process that was told to end. */
  private static final long END_MS_MAX = 500;

  /** Times that processes are read again because one of them has ended meanwhile. */
  private static final int PASSES_MAX = 10;

  private final Sight sight;
  private final Family family;
  private final Adoption adoption;
  private final ProcessHandle root;
  private final LongSupplier nanos;
  private final Conserved cpu = new Conserved();
  private final Conserved read = new Conserved();
  private final Conserved written = new Conserved();
  private final MemoryHeld memory = new MemoryHeld();
  private Map<Long, Seen> known = Map.of();
  private boolean toldOfDisks;

  ProcessMeter(
      Sight sight, Family family, Adoption adoption, ProcessHandle root, LongSupplier nanos) {
    this.sight = sight;
    this.family = family;
    this.adoption = adoption;
    this.root = root;
    this.nanos = nanos;
    adoption.begin();
  }

  /** Takes a sample; without effect when all are gone. */
  public synchronized void sample() {
    note(look());
  }

  /**
   * Takes a sample of the processes that are known already, without looking for others: that costs
   * little, however many processes the machine has.
   */
  public synchronized void glance() {
    note(again(known));
  }

  private Optional<Seen> again(Seen before) {
    return sight.of(before.pid()).filter(seen -> seen.id().equals(before.id()));
  }

  /** The same processes now, as far as they are still there, in the same order. */
  private Map<Long, Seen> again(Map<Long, Seen> before) {
    Map<Long, Seen> now = new LinkedHashMap<>();
    for (Seen one : before.values()) {
      again(one).ifPresent(seen -> now.put(seen.pid(), seen));
    }
    return now;
  }

  /**
   * Processes are read one after the other, parents first, and time goes on. When one is found to
   * be gone its parent has taken its account, but may have been read before that: then all are read
   * again, or what it used would count now as gone, and once more in its parent's account.
   */
  private Map<Long, Seen> consistent(Map<Long, Seen> looked) {
    Map<Long, Seen> before = known;
    Map<Long, Seen> now = looked;
    for (int pass = 0; pass < PASSES_MAX && !now.keySet().containsAll(before.keySet()); pass++) {
      before = now;
      now = again(now);
    }
    return now;
  }

  private void note(Map<Long, Seen> looked) {
    Map<Long, Seen> now = consistent(looked);
    cpu.look(used(now, seen -> new Conserved.Used(seen.cpuMs(), seen.waitedCpuMs())));
    read.look(used(now, seen -> new Conserved.Used(0, seen.io().readBytes())));
    written.look(used(now, seen -> new Conserved.Used(0, seen.io().writtenBytes())));
    toldOfDisks |= now.values().stream().anyMatch(seen -> seen.io().known());
    if (now.values().stream().anyMatch(seen -> !seen.ended())) {
      memory.look(
          nanos.getAsLong(),
          now.values().stream().mapToLong(Seen::residentBytes).sum(),
          now.values().stream().mapToLong(Seen::peakBytes).max().orElse(0));
    }
    known = now;
  }

  private static Map<Seen.Id, Conserved.Used> used(
      Map<Long, Seen> processes, Function<Seen, Conserved.Used> what) {
    Map<Seen.Id, Conserved.Used> used = new HashMap<>();
    processes.values().forEach(seen -> used.put(seen.id(), what.apply(seen)));
    return used;
  }

  /** The root's descendants, and whoever was one before and lives on elsewhere. */
  private Map<Long, Seen> look() {
    Map<Long, Seen> now = new LinkedHashMap<>();
    see(root.pid(), now);
    family.of(root).forEach(pid -> see(pid, now));
    for (Seen before : known.values()) {
      if (!now.containsKey(before.pid()) && again(before).isPresent()) {
        see(before.pid(), now);
        ProcessHandle.of(before.pid())
            .ifPresent(stray -> family.of(stray).forEach(pid -> see(pid, now)));
      }
    }
    return now;
  }

  private void see(long pid, Map<Long, Seen> now) {
    sight.of(pid).ifPresent(seen -> now.putIfAbsent(pid, seen));
  }

  /** All that run now, the root first if it is one of them. */
  public synchronized List<ProcessHandle> running() {
    return handles(look());
  }

  /** Those of them that the last sample saw. */
  public synchronized List<ProcessHandle> known() {
    return handles(known);
  }

  private static List<ProcessHandle> handles(Map<Long, Seen> processes) {
    return processes.values().stream()
        .filter(seen -> !seen.ended())
        .flatMap(seen -> ProcessHandle.of(seen.pid()).stream())
        .toList();
  }

  /**
   * To be called once, after the root's end: ends what it left behind, and takes the accounts of
   * those.
   */
  public synchronized void settle() throws InterruptedException {
    sample();
    List<ProcessHandle> left = new ArrayList<>();
    for (Seen seen : known.values()) {
      if (!seen.ended() && seen.pid() != root.pid()) {
        ProcessHandle.of(seen.pid()).ifPresent(left::add);
      }
    }
    left.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : left) {
      awaitEnd(process);
    }
    sample();
    for (Seen seen : List.copyOf(known.values())) {
      if (seen.ended() && seen.parent() == ProcessHandle.current().pid()) {
        take(seen);
      }
    }
    adoption.end(nanos.getAsLong());
  }

  private void take(Seen seen) {
    OptionalLong account =
        seen.pid() == root.pid() ? OptionalLong.empty() : adoption.take(seen.pid());
    if (account.isPresent()) {
      cpu.settle(seen.id(), account.getAsLong());
    }
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(END_MS_MAX, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return; // It is counted as of its last sample.
    }
  }

  /** User and system time of all processes, in milliseconds, as of the last sample. */
  public synchronized long cpuMs() {
    return cpu.total();
  }

  /** Resident memory at the last sample, in octets. */
  public synchronized long memNowBytes() {
    return memory.nowBytes();
  }

  /**
   * Resident memory of the processes known, in octets, where what they share counts once; it takes
   * longer to find.
   */
  public synchronized long memSharedOutBytes() {
    return known.values().stream()
        .filter(seen -> !seen.ended())
        .mapToLong(seen -> sight.sharedOutBytes(seen.pid()).orElse(seen.residentBytes()))
        .sum();
  }

  /**
   * The kernel's tables of where the processes' memory is, in octets, as of the last sample: what
   * maps much and touches little takes them and hardly anything else.
   */
  public synchronized long memTablesBytes() {
    return known.values().stream().mapToLong(Seen::tableBytes).sum();
  }

  /** Largest resident memory seen of all together, or ever held by one of them, in octets. */
  public synchronized long memPeakBytes() {
    return memory.peakBytes();
  }

  /** Mean resident memory over the time between the first and the last sample, in octets. */
  public synchronized long memMeanBytes() {
    return memory.meanBytes();
  }

  /** What all processes moved to and from disks; none where the system does not tell. */
  public synchronized List<DiskUse> disk() {
    return toldOfDisks ? List.of(new DiskUse(read.total(), written.total())) : List.of();
  }
}
