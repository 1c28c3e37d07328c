package org.almoner.command;

import java.nio.file.Path;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonValue;
import org.almoner.workload.check.CheckedWorkload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Hands a workload in; again, it is the same batch. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads what is missing and submits; prints the batch's id and returns.",
      "The same file over the same files is the same batch: submitting it again "
          + "changes nothing."
    })
final class WorkloadSubmitCommand implements Runnable {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private OwnerKey key = new OwnerKey();
  @Mixin private Printed printed = new Printed();

  @Parameters(paramLabel = "FILE", description = "The workload file.")
  private Path file = Path.of(".");

  @Override
  public void run() {
    printed.json();
    CheckedWorkload checked = Submitting.check(file);
    SigningKey owner = key.open();
    Terminal terminal = new Terminal(System.err);
    Submitting.Submitted done =
        Submitting.submit(
            coordinator.client(),
            checked,
            ReleaseFile.forSubmission(file, checked, owner).signed(),
            owner,
            new UploadBar(terminal));
    terminal.clear();
    if (done.known()) {
      System.err.println("submitted before: it is the same batch, and nothing was sent");
    }
    printed.say(
        done.batch(),
        JsonValue.Obj.of()
            .put("batch", done.batch())
            .put("known", done.known())
            .put("uploaded", done.uploaded())
            .build());
  }
}
