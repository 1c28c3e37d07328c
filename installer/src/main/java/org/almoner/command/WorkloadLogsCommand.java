package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.usage.UsageLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where and why units failed. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Tells where and why units failed, and what to do next.",
      "Of each failed unit, or of UNIT, what its attempts came to, on what kind of computer, "
          + "and the last 20 lines that it printed; 'run-local' prints all of them here."
    })
final class WorkloadLogsCommand implements Runnable {
  private static final double MEBIBYTE = 1 << 20;
  private static final int PAGE_MAX = 1_000;

  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Printed printed = new Printed();

  @Parameters(index = "0", paramLabel = "BATCH", description = "The batch's id.")
  private String batch = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "UNIT", description = "One unit alone.")
  private @Nullable Long unit;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Failed units told of at most (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Override
  public void run() {
    boolean json = printed.json();
    if (limit < 1) {
      throw Failure.wrongUse("--limit takes a number from 1 on, got " + limit);
    }
    OperatorClient client = coordinator.client();
    BatchCounts counts = BatchCounts.of(client, batch);
    List<UnitStory> stories = unit == null ? failed(client, counts) : one(client, counts, unit);
    if (json) {
      List<JsonValue> all = new ArrayList<>();
      stories.forEach(story -> all.add(story.toJson()));
      System.out.println(Printed.line(new JsonValue.Array(all)));
      return;
    }
    stories.forEach(story -> lines(story).forEach(System.out::println));
    if (unit == null) {
      System.out.println(
          stories.size() + " of " + counts.failed() + " failed units of " + counts.units());
    }
  }

  private List<UnitStory> failed(OperatorClient client, BatchCounts counts) {
    List<UnitStory> stories = new ArrayList<>();
    long from = 0;
    while (from < counts.units() && stories.size() < limit) {
      int most = Math.min(PAGE_MAX, limit - stories.size());
      UnitStory.Page page = UnitStory.page(client, batch, from, most, "failed");
      stories.addAll(page.units());
      from = page.next();
    }
    return stories;
  }

  private List<UnitStory> one(OperatorClient client, BatchCounts counts, long wanted) {
    if (wanted < 0 || wanted >= counts.units()) {
      throw Failure.wrongUse(
          "there is no unit "
              + wanted
              + "; units of this batch are counted from 0 to "
              + (counts.units() - 1));
    }
    List<UnitStory> stories = UnitStory.page(client, batch, wanted, 1, "").units();
    return stories.isEmpty() || stories.get(0).unit() != wanted
        ? List.of(new UnitStory(wanted, "open", List.of()))
        : stories;
  }

  static List<String> lines(UnitStory story) {
    List<String> lines = new ArrayList<>();
    lines.add("unit " + story.unit() + "  " + story.state());
    List<String> printed = List.of();
    for (UnitStory.Attempt attempt : story.attempts()) {
      lines.add("  " + line(attempt));
      if (attempt instanceof UnitStory.Attempt.Logged line && !line.fault().isEmpty()) {
        lines.add("    no result: " + line.fault());
      }
      if (attempt instanceof UnitStory.Attempt.Logged line && !line.tail().isEmpty()) {
        if (line.tail().equals(printed)) {
          lines.add("    printed the same");
        } else {
          line.tail().forEach(text -> lines.add("    | " + text));
        }
        printed = line.tail();
      }
    }
    if (story.attempts().isEmpty()) {
      lines.add("  no lease of it has come back yet");
    }
    if (story.state().equals("failed")) {
      lines.add("  next: " + next(story));
    }
    return lines;
  }

  private static String line(UnitStory.Attempt attempt) {
    if (attempt instanceof UnitStory.Attempt.Logged line) {
      return String.format(
          Locale.ROOT,
          "attempt %d  %s  %s  up to %d cores, %d GiB  %d instructions  wall %.2f s  CPU %.2f s"
              + "  memory %.0f MiB",
          line.replica(),
          line.outcome(),
          end(line),
          line.cores(),
          line.memoryGib(),
          line.count(),
          line.wallMs() / 1000.0,
          line.cpuMs() / 1000.0,
          line.memPeakBytes() / MEBIBYTE);
    }
    return "attempt "
        + ((UnitStory.Attempt.Expired) attempt).replica()
        + "  expired: nothing came back before the deadline";
  }

  private static String end(UnitStory.Attempt.Logged line) {
    if (line.exit() == UsageLine.EXIT_MAX) {
      return "stopped (time, memory or a trap)";
    }
    boolean lacking = line.exit() == 0 && !line.complete();
    return "exit " + line.exit() + (lacking ? ", no result" : "");
  }

  private static String next(UnitStory story) {
    String here = "'almoner workload run-local FILE --units " + story.unit() + "'";
    boolean disagreed =
        story.attempts().stream()
            .anyMatch(
                attempt ->
                    attempt instanceof UnitStory.Attempt.Logged line
                        && line.exit() == 0
                        && line.complete());
    return disagreed
        ? "too few computers agreed; run "
            + here
            + " twice and compare: a result must depend on its input alone"
        : here
            + " shows all that it printed and why it ended; mend it and submit under another"
            + " purpose";
  }
}
