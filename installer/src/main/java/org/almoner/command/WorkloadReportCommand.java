package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Requested against used. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Compares what a batch asked for with what its accepted results took.",
      "Median, 95th percentile and largest, and what to ask for next time."
    })
final class WorkloadReportCommand implements Runnable {
  private static final int PAGE = 1_000;

  /** Larger batches are looked at in so many pages, evenly spread. */
  private static final int PAGES_MAX = 20;

  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Printed printed = new Printed();

  @Parameters(paramLabel = "BATCH", description = "The batch's id.")
  private String batch = "";

  @Override
  public void run() {
    printed.json();
    OperatorClient client = coordinator.client();
    BatchCounts counts = BatchCounts.of(client, batch);
    List<UnitStory.Attempt.Logged> accepted = accepted(client, counts);
    if (accepted.isEmpty()) {
      throw Failure.failed(
          "no result of batch "
              + batch
              + " is accepted yet, so nothing can be compared; wait, or see"
              + " 'almoner workload logs "
              + batch
              + "'");
    }
    UsedAndAsked report = UsedAndAsked.of(counts.allotment(), accepted);
    printed.say(String.join(System.lineSeparator(), report.lines(counts)), report.toJson(counts));
  }

  private List<UnitStory.Attempt.Logged> accepted(OperatorClient client, BatchCounts counts) {
    List<UnitStory.Attempt.Logged> lines = new ArrayList<>();
    long stride = Math.max(PAGE, counts.units() / PAGES_MAX);
    long from = 0;
    while (from < counts.units()) {
      UnitStory.Page page = UnitStory.page(client, batch, from, PAGE, "accepted");
      for (UnitStory unit : page.units()) {
        for (UnitStory.Attempt attempt : unit.attempts()) {
          if (attempt instanceof UnitStory.Attempt.Logged line
              && line.accepted()
              && line.wallMs() > 0) {
            lines.add(line);
          }
        }
      }
      from = Math.max(page.next(), from + stride);
    }
    return lines;
  }
}
