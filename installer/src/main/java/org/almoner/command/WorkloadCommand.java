package org.almoner.command;

import java.util.List;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The project owner's verbs. */
@Command(
    name = "workload",
    mixinStandardHelpOptions = true,
    description = {
      "For project owners: from one YAML file to results.",
      "Exit codes: 0 done and all accepted, 1 some failed, 2 wrong use, 3 cancelled."
    },
    subcommands = {
      WorkloadInitCommand.class,
      WorkloadCheckCommand.class,
      WorkloadRunLocalCommand.class,
      WorkloadCommand.Key.class,
      WorkloadSubmitCommand.class,
      WorkloadCommand.ListAll.class,
      WorkloadFollow.Show.class,
      WorkloadFollow.Watch.class,
      WorkloadFollow.Wait.class,
      WorkloadLogsCommand.class,
      WorkloadCancelCommand.class,
      WorkloadResultsCommand.class,
      WorkloadReportCommand.class
    })
final class WorkloadCommand {
  private WorkloadCommand() {}

  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Prints your public key, for the operator to approve.")
  static final class Key implements Runnable {
    @Mixin private OwnerKey key = new OwnerKey();
    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      printed.json();
      String hex = key.open().publicKey().toHex();
      printed.say(hex, JsonValue.Obj.of().put("key", hex).build());
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all batches.")
  static final class ListAll implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      boolean json = printed.json();
      JsonValue answer = coordinator.client().get("/api/v1/batches");
      List<BatchCounts> batches = Answer.list(answer, BatchCounts::parse);
      if (json) {
        System.out.println(Printed.line(answer));
      } else {
        batches.forEach(batch -> System.out.println(batch.id() + "  " + batch.line()));
      }
    }
  }
}
