package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.coordinator.keys.SeedFile;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.workload.check.CheckedWorkload;
import org.almoner.workload.spec.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The project owner's verbs. */
@Command(
    name = "workload",
    mixinStandardHelpOptions = true,
    description =
        "For project owners: checks and submits workloads, follows them, fetches results.",
    subcommands = {
      WorkloadCommand.Key.class,
      WorkloadCommand.Check.class,
      WorkloadCommand.Submit.class,
      WorkloadCommand.ListAll.class,
      WorkloadCommand.Show.class,
      WorkloadCommand.Watch.class,
      WorkloadCommand.Fetch.class
    })
final class WorkloadCommand {
  private static final long LOOK_MS = 1_000;

  private WorkloadCommand() {}

  /** The owner's signing key, made at first use. */
  static final class OwnerKey {
    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "Your signing key, made there when missing (default: ${DEFAULT-VALUE}).")
    private Path file =
        Path.of(System.getProperty("user.home"), ".config", "almoner", "owner.seed");

    SigningKey open() {
      try {
        return SeedFile.openOrCreate(file, new SecureRandom());
      } catch (IOException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Prints your public key, for the operator to approve.")
  static final class Key implements Runnable {
    @Mixin private OwnerKey key = new OwnerKey();

    @Override
    public void run() {
      System.out.println(key.open().publicKey().toHex());
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Checks a workload file and the files it names; sends nothing.")
  static final class Check implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The workload file.")
    private Path file = Path.of(".");

    @Override
    public void run() {
      CheckedWorkload checked = Submitting.check(file);
      for (Fault warning : checked.warnings()) {
        System.out.println("warning  " + file + ":" + warning);
      }
      System.out.println(
          "ok  "
              + checked.plan().count()
              + " units, "
              + checked.uploadBytes()
              + " octets to upload, at most "
              + checked.coreSecondsMax() / 3_600
              + " core-hours of volunteers' time");
    }
  }

  @Command(
      name = "submit",
      mixinStandardHelpOptions = true,
      description = "Checks, signs, uploads and submits; prints the batch's id.")
  static final class Submit implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private OwnerKey key = new OwnerKey();

    @Parameters(paramLabel = "FILE", description = "The workload file.")
    private Path file = Path.of(".");

    @Override
    public void run() {
      CheckedWorkload checked = Submitting.check(file);
      System.out.println(Submitting.submit(coordinator.client(), checked, key.open()));
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all batches.")
  static final class ListAll implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Override
    public void run() {
      List<BatchCounts> batches =
          Answer.list(coordinator.client().get("/api/v1/batches"), BatchCounts::parse);
      batches.forEach(batch -> System.out.println(batch.id() + "  " + batch.line()));
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows how a batch stands.")
  static final class Show implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "BATCH", description = "The batch's id.")
    private String batch = "";

    @Override
    public void run() {
      System.out.println(BatchCounts.of(coordinator.client(), batch).line());
    }
  }

  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = {
        "Follows a batch until all its units have ended; Ctrl-C leaves it running.",
        "Exit code 0 when all units were accepted, 1 when some failed."
      })
  static final class Watch implements Callable<Integer> {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "BATCH", description = "The batch's id.")
    private String batch = "";

    @Override
    public Integer call() throws InterruptedException {
      OperatorClient client = coordinator.client();
      Terminal terminal = new Terminal(System.out);
      BatchCounts counts = BatchCounts.of(client, batch);
      while (!counts.done()) {
        terminal.progress(counts.line(), counts.quarter());
        Thread.sleep(LOOK_MS);
        counts = BatchCounts.of(client, batch);
      }
      terminal.line(counts.line());
      return counts.failed() == 0 ? 0 : Failure.FAILED;
    }
  }

  @Command(
      name = "results",
      mixinStandardHelpOptions = true,
      description =
          "Fetches the agreed outputs, a folder for each unit, each checked by its digest.")
  static final class Fetch implements Callable<Integer> {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "BATCH", description = "The batch's id.")
    private String batch = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to save.")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws IOException {
      OperatorClient client = coordinator.client();
      List<Results.Result> results = Results.list(client, batch, 0);
      for (Results.Result result : results) {
        Results.save(Results.bundle(client, result), out, result.unit());
      }
      System.out.println(results.size() + " results in " + out);
      return 0;
    }
  }
}
