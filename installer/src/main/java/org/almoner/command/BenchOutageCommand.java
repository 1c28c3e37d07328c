package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.OutageBench;
import org.almoner.command.bench.OutageFigures;
import org.almoner.command.bench.OutageSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the return of many agents. */
@Command(
    name = "outage",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how a coordinator bears all its agents coming back in one moment.",
      "",
      "Each agent enrols and takes a unit; the coordinator is killed with SIGKILL and started again;"
          + " then all of them report and ask for work in the same moment, each from an address of"
          + " its own in 127.0.0.0/8 and under the usual limits. Who is turned away waits as a real"
          + " agent does. Times count from the moment of the return.",
      "",
      "Coordinator and load share this computer, and each needs a file descriptor for every agent."
          + " In the end the log must hold exactly the lines that were acknowledged, and the whole"
          + " log must check; otherwise there are no figures.",
    })
final class BenchOutageCommand implements Callable<Integer> {
  @Option(
      names = "--agents",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Agents that come back (default: ${DEFAULT-VALUE}).")
  private int agents;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where the coordinator's folder is made (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--coordinator-jvm",
      paramLabel = "OPTION",
      description = "An option for the coordinator's Java; repeat for more.")
  private List<String> jvm = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How figures are printed (default: ${DEFAULT-VALUE}).")
  private String form = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchCommand.Form as = BenchCommand.Form.of(form);
    try {
      Terminal terminal = new Terminal(System.err);
      OutageFigures figures =
          new OutageBench(settings(), BenchCommand.serving(terminal, List.of())).run();
      terminal.clear();
      System.out.println(as == BenchCommand.Form.JSON ? figures.toJson() : figures.toText());
      return 0;
    } catch (BenchFailed e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  private OutageSettings settings() {
    try {
      return new OutageSettings(agents, folder.toAbsolutePath(), jvm);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }
}
