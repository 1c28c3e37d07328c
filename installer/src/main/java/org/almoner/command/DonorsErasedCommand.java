package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Saves the list of erased lines that an auditor is given. */
@Command(
    name = "erased",
    mixinStandardHelpOptions = true,
    description = {
      "Saves the list of lines whose openings were destroyed, to be laid beside the statements and",
      "evidence that an auditor is given ('almoner log check --openings').",
    })
final class DonorsErasedCommand implements Callable<Integer> {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to save " + ErasedLeaves.FILE + ".")
  private Path out = Path.of(".");

  @Override
  public Integer call() throws IOException {
    byte[] octets = coordinator.client().download("/api/v1/register/erased");
    ErasedLeaves list;
    try {
      list = ErasedLeaves.parse(Bytes.of(octets));
    } catch (MalformedJson e) {
      throw Failure.failed("the coordinator's answer does not fit: " + e.getMessage());
    }
    DurableFile.privateFolder(out);
    Path file = out.resolve(ErasedLeaves.FILE);
    DurableFile.write(file, list.octets().toArray());
    System.out.println(list.count() + " lines are erased; their list is in " + file);
    return 0;
  }
}
