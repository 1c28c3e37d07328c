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
      "Runs the whole way on this computer, in about two minutes.",
      "A coordinator, two witnesses and four agents of four donors as separate processes, two real workloads, a volunteer who lies, a coordinator",
      "that is killed, verified statements, and a forged copy that is refused.",
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

  @Option(names = "--fast", description = "Less work, the same story: about half the time.")
  private boolean fast;

  @Override
  public Integer call() throws Exception {
    return new Demo(
            folder.toAbsolutePath().normalize(),
            DemoWork.examples(Home.folder(), fast),
            new Terminal(System.out))
        .run(keep);
  }
}
