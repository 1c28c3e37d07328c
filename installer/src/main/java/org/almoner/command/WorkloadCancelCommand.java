package org.almoner.command;

import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a batch before its time. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = {
      "Leases nothing more of a batch, for good.",
      "Running units are stopped within five minutes; what was agreed counts and can be fetched. "
          + "Asked again, it changes nothing."
    })
final class WorkloadCancelCommand implements Runnable {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Printed printed = new Printed();

  @Parameters(paramLabel = "BATCH", description = "The batch's id.")
  private String batch = "";

  @Override
  public void run() {
    printed.json();
    JsonValue answer =
        coordinator
            .client()
            .postForValue(BatchCounts.address(batch) + "/cancel", JsonValue.Obj.of().build());
    BatchCounts counts = BatchCounts.of(answer);
    printed.say(
        counts.cancelled() ? counts.line() : "there was nothing left to cancel: " + counts.line(),
        answer);
  }
}
