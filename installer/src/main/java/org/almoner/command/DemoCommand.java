package org.almoner.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the whole way once, on this computer, with real processes and a real workload. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole way on this computer: a coordinator and three agents of three donors as",
      "separate processes, a batch of Mersenne prime tests, and three verified statements.",
    })
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "Where to put everything; an earlier demonstration there is replaced.")
  private Path folder = Path.of("demo");

  @Option(names = "--keep", description = "Leave everything running until Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--example",
      paramLabel = "FILE",
      description = "Another workload file than the Mersenne example.",
      hidden = true)
  private Path example = Home.folder().resolve("docs/examples/mersenne/workload.yaml");

  @Override
  public Integer call() throws Exception {
    return new Demo(folder.toAbsolutePath().normalize(), example, new Terminal(System.out))
        .run(keep);
  }
}
