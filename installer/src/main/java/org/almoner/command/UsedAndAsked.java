package org.almoner.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.workload.check.WorkloadCheck;

/**
 * What a batch asked for against what its accepted lines took, and what to ask for next time.
 *
 * @param lines accepted lines these figures are of, at least one
 */
record UsedAndAsked(Allotment asked, int lines, Spread wallMs, Spread cpuMs, Spread memPeakBytes) {
  /** A slower computer may take so many times what the slowest so far took. */
  private static final int WALL_ROOM = 3;

  /** Memory is asked for in such steps. */
  private static final long MEMORY_STEP = 16L << 20;

  private static final long MINUTE_MS = 60_000;
  private static final long WALL_MS_MAX = Duration.ofHours(24).toMillis();
  private static final double MEBIBYTE = 1 << 20;

  static UsedAndAsked of(Allotment asked, List<UnitStory.Attempt.Logged> accepted) {
    return new UsedAndAsked(
        asked,
        accepted.size(),
        Spread.of(accepted.stream().map(UnitStory.Attempt.Logged::wallMs).toList()),
        Spread.of(accepted.stream().map(UnitStory.Attempt.Logged::cpuMs).toList()),
        Spread.of(accepted.stream().map(UnitStory.Attempt.Logged::memPeakBytes).toList()));
  }

  /** The shortest time limit in whole minutes that leaves slower computers room. */
  long askWallMs() {
    long minutes = (WALL_ROOM * wallMs.max() + MINUTE_MS - 1) / MINUTE_MS;
    return Math.min(WALL_MS_MAX, Math.max(1, minutes) * MINUTE_MS);
  }

  /**
   * Never more than was asked for, which sufficed. What is measured is the whole process with the
   * sandbox around the program, so that the program itself had less.
   */
  long askMemoryBytes() {
    long steps = (memPeakBytes.max() + MEMORY_STEP - 1) / MEMORY_STEP;
    return Math.min(asked.memoryBytes(), Math.max(1, steps) * MEMORY_STEP);
  }

  /** What to think of the size of the units; empty when it is well chosen. */
  String aboutUnits() {
    if (wallMs.median() < MINUTE_MS) {
      long times = Math.max(2, MINUTE_MS * 5 / Math.max(1, wallMs.median()));
      return "units are short: "
          + times
          + " times as much in each would still take five minutes only";
    }
    return wallMs.p95() > WorkloadCheck.UNIT_ADVISED.toMillis()
        ? "units are long: what a computer has not finished when it goes away is done again; make"
            + " more and smaller ones"
        : "";
  }

  JsonValue.Obj toJson(BatchCounts counts) {
    return JsonValue.Obj.of()
        .put("batch", counts.id())
        .put("units", counts.units())
        .put("accepted", counts.accepted())
        .put("lines", lines)
        .put("requested", asked.toJson())
        .put(
            "used",
            JsonValue.Obj.of()
                .put("wallMs", wallMs.toJson())
                .put("cpuMs", cpuMs.toJson())
                .put("memPeakBytes", memPeakBytes.toJson())
                .build())
        .put(
            "ask",
            JsonValue.Obj.of()
                .put("wallMs", askWallMs())
                .put("memoryBytes", askMemoryBytes())
                .put("cores", asked.cores())
                .put("diskBytes", asked.diskBytes())
                .build())
        .put("advice", aboutUnits())
        .build();
  }

  /** Lines for people. */
  List<String> lines(BatchCounts counts) {
    List<String> text = new ArrayList<>();
    text.add(counts.line());
    text.add("of " + lines + " accepted results     requested      median         p95         max");
    text.add(row("wall time, s", asked.wallMs() / 1000.0, wallMs, 1000));
    text.add(row("CPU time, s", asked.wallMs() / 1000.0 * asked.cores(), cpuMs, 1000));
    text.add(row("memory, MiB", asked.memoryBytes() / MEBIBYTE, memPeakBytes, MEBIBYTE));
    text.add(
        "memory is the resident peak of the whole process, the sandbox around the program included");
    text.add(
        String.format(
            Locale.ROOT,
            "next time: needs: {memory: %dMiB, disk: %dKiB, atMost: %dm, cores: %d}",
            askMemoryBytes() >> 20,
            asked.diskBytes() >> 10,
            askWallMs() / MINUTE_MS,
            asked.cores()));
    if (!aboutUnits().isEmpty()) {
      text.add(aboutUnits());
    }
    return text;
  }

  private static String row(String name, double requested, Spread used, double scale) {
    return String.format(
        Locale.ROOT,
        "%-24s %12.1f %11.1f %11.1f %11.1f",
        name,
        requested,
        used.median() / scale,
        used.p95() / scale,
        used.max() / scale);
  }
}
