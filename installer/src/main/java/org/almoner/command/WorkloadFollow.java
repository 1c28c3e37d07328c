package org.almoner.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How a batch stands: once, as it goes, or when it is over. */
final class WorkloadFollow {
  private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

  private WorkloadFollow() {}

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
      JsonValue answer = coordinator.client().get(BatchCounts.address(batch));
      printed.say(BatchCounts.of(answer).line(), answer);
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
      Terminal terminal = new Terminal(json ? SILENT : System.out);
      Told told = new Told(json, terminal);
      BatchFollower.Look last = BatchFollower.of(coordinator.client(), batch).follow(told);
      terminal.line(last.counts().line());
      return last.counts().exitCode();
    }
  }

  /** Prints a batch as it goes. */
  private static final class Told implements Consumer<BatchFollower.Look> {
    private final boolean json;
    private final Terminal terminal;
    private String line = "";

    Told(boolean json, Terminal terminal) {
      this.json = json;
      this.terminal = terminal;
    }

    @Override
    public void accept(BatchFollower.Look look) {
      String now = Printed.line(look.answer());
      if (json && !now.equals(line)) {
        System.out.println(now);
      }
      line = now;
      if (!look.counts().done()) {
        terminal.progress(look.counts().line(), look.counts().quarter());
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
      BatchFollower.Look last = BatchFollower.of(coordinator.client(), batch).follow(look -> {});
      printed.say(last.counts().line(), last.answer());
      return last.counts().exitCode();
    }
  }
}
