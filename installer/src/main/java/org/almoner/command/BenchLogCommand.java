package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almoner.agent.durable.FolderTree;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.log.LogBench;
import org.almoner.command.bench.log.LogFigures;
import org.almoner.command.bench.log.LogSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the ledger. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how many usage lines a second the ledger bears, and how long one waits for its"
          + " proof.",
      "",
      "Lines come in signed reports of ten. Each report's signature and record are checked, each"
          + " line committed to, written to the journal and the log with every group commit synced"
          + " to the disk, published, and proved. That is a coordinator's own way without leases"
          + " and HTTP. Each size of the log is measured at a fixed rate and at saturation, without"
          + " and with witnesses on the loopback. Times are from the moment a report was due to the"
          + " proof of its last line.",
      "",
      "Load, ledger and witnesses are one process, started with 1 GiB of heap, on a new folder that"
          + " is removed at the end; run nothing else on the computer. In the end the whole log is"
          + " hashed again, and must hold exactly the lines that were acknowledged; otherwise there"
          + " are no figures.",
    })
final class BenchLogCommand implements Callable<Integer> {
  private static final List<String> JVM = List.of("-Xmx1g");

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Sizes of the log at which to measure, ascending, such as 0,100000,1000000"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Long> sizes = List.of();

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "1000",
      description = "Lines a second at the fixed rate (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "15",
      description = "Length of each counted interval (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "5",
      description = "Seconds of load before each (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--witnesses",
      paramLabel = "K",
      defaultValue = "2",
      description =
          "Witnesses where there are any; 0 measures without (default: ${DEFAULT-VALUE}).")
  private int witnesses;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where the log's folder is made; its disk is what is measured"
              + " (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--log-jvm",
      paramLabel = "OPTION",
      description = "An option for the Java that is measured; repeat for more.")
  private List<String> jvm = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How figures are printed (default: ${DEFAULT-VALUE}).")
  private String form = "";

  @Option(names = "--in-this-process", hidden = true)
  private boolean inThisProcess;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchCommand.Form as = BenchCommand.Form.of(form);
    LogSettings settings = settings();
    if (!inThisProcess) {
      return another(settings);
    }
    try {
      Terminal terminal = new Terminal(System.err);
      LogFigures figures = new LogBench(settings, terminal::progress).run();
      terminal.clear();
      System.out.println(as == BenchCommand.Form.JSON ? figures.toJson() : figures.toText());
      return 0;
    } catch (BenchFailed e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  /** The same in a Java of its own, whose heap is known. */
  private int another(LogSettings settings) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(JVM);
    options.add("-Dalmoner.terminal=" + Boolean.getBoolean("almoner.terminal"));
    options.addAll(jvm);
    List<String> verb = new ArrayList<>(List.of("bench", "log", "--in-this-process"));
    verb.add("--sizes=" + String.join(",", sizes.stream().map(String::valueOf).toList()));
    verb.add("--rate=" + settings.rate());
    verb.add("--seconds=" + settings.seconds());
    verb.add("--warmup=" + settings.warmup());
    verb.add("--witnesses=" + settings.witnesses());
    Path own =
        Files.createTempDirectory(Files.createDirectories(settings.folder()), "almoner-log-");
    verb.add("--folder=" + own);
    verb.add("--output=" + form.toLowerCase(Locale.ROOT));
    Process measured = new ProcessBuilder(Self.command(options, verb)).inheritIO().start();
    // However this ends, nothing of it goes on or stays behind.
    Thread atExit = new Thread(() -> end(measured, own), "end-measurement");
    Runtime.getRuntime().addShutdownHook(atExit);
    int code = measured.waitFor();
    Runtime.getRuntime().removeShutdownHook(atExit);
    end(measured, own);
    return code;
  }

  private static void end(Process measured, Path folder) {
    measured.destroyForcibly();
    try {
      measured.waitFor();
      FolderTree.remove(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("almoner: the folder " + folder + " was not removed: " + e.getMessage());
    }
  }

  private LogSettings settings() {
    try {
      return new LogSettings(sizes, rate, seconds, warmup, witnesses, folder.toAbsolutePath());
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }
}
