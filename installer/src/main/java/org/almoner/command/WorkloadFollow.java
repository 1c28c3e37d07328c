package org.almoner.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How a batch stands: once, as it goes, or when it is over. */
final class WorkloadFollow {
  private static final long LOOK_MS = 1_000;

  private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

  /** Looks in a row without an answer before a follower gives up: ten minutes. */
  private static final int UNANSWERED_MAX = 600;

  private WorkloadFollow() {}

  /** One look at a batch. */
  private record Look(JsonValue answer, BatchCounts counts) {
    static Look at(OperatorClient client, String batch) {
      JsonValue answer = client.get(BatchCounts.address(batch));
      return new Look(answer, BatchCounts.of(answer));
    }

    /** Through a restart of the coordinator: no answer for a while ends nothing. */
    static Look patiently(OperatorClient client, String batch) throws InterruptedException {
      for (int unanswered = 1; ; unanswered++) {
        try {
          return at(client, batch);
        } catch (Failure e) {
          if (!e.isUnreachable() || unanswered == UNANSWERED_MAX) {
            throw e;
          }
          Thread.sleep(LOOK_MS);
        }
      }
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows how a batch stands.")
  static final class Show implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Parameters(paramLabel = "BATCH", description = "The batch's id.")
    private String batch = "";

    @Override
    public void run() {
      printed.json();
      Look look = Look.at(coordinator.client(), batch);
      printed.say(look.counts().line(), look.answer());
    }
  }

  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = {
        "Follows a batch until it is over; Ctrl-C leaves it running.",
        "With -o json, a line at each change.",
        "Exit code 0 when all units were accepted, 1 when some failed, 3 when it was cancelled."
      })
  static final class Watch implements Callable<Integer> {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Parameters(paramLabel = "BATCH", description = "The batch's id.")
    private String batch = "";

    @Override
    public Integer call() throws InterruptedException {
      boolean json = printed.json();
      OperatorClient client = coordinator.client();
      Terminal terminal = new Terminal(json ? SILENT : System.out);
      Look look = Look.at(client, batch);
      String told = "";
      while (true) {
        String line = Printed.line(look.answer());
        if (json && !line.equals(told)) {
          System.out.println(line);
          told = line;
        }
        if (look.counts().done()) {
          terminal.line(look.counts().line());
          return look.counts().exitCode();
        }
        terminal.progress(look.counts().line(), look.counts().quarter());
        Thread.sleep(LOOK_MS);
        look = Look.patiently(client, batch);
      }
    }
  }

  @Command(
      name = "wait",
      mixinStandardHelpOptions = true,
      description = {
        "Waits until a batch is over, then prints how it stands.",
        "Exit code 0 when all units were accepted, 1 when some failed, 3 when it was cancelled."
      })
  static final class Wait implements Callable<Integer> {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Parameters(paramLabel = "BATCH", description = "The batch's id.")
    private String batch = "";

    @Override
    public Integer call() throws InterruptedException {
      printed.json();
      OperatorClient client = coordinator.client();
      Look look = Look.at(client, batch);
      while (!look.counts().done()) {
        Thread.sleep(LOOK_MS);
        look = Look.patiently(client, batch);
      }
      printed.say(look.counts().line(), look.answer());
      return look.counts().exitCode();
    }
  }
}
