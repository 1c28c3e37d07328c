package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.RestBench;
import org.almoner.command.bench.RestFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures an agent that has nothing to do. */
@Command(
    name = "agent-rest",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what an agent takes while there is no work: memory and processor time.",
      "",
      "A coordinator without work and an agent are started, each in a process of its own, as"
          + " 'almoner serve' and 'almoner agent' start them. Resident memory is the largest of one"
          + " reading a second; processor time is the agent's own by the system's books.",
    })
final class BenchAgentRestCommand implements Callable<Integer> {
  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Length of the counted interval (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "20",
      description = "Seconds of rest before it (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where the folders of both are made (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How figures are printed (default: ${DEFAULT-VALUE}).")
  private String form = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchCommand.Form as = BenchCommand.Form.of(form);
    Terminal terminal = new Terminal(System.err);
    try {
      RestFigures figures =
          new RestBench(
                  folder.toAbsolutePath(),
                  warmup,
                  seconds,
                  BenchCommand.serving(terminal, List.of()))
              .run();
      terminal.clear();
      System.out.println(as == BenchCommand.Form.JSON ? figures.toJson() : figures.toText());
      return 0;
    } catch (BenchFailed e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }
}
