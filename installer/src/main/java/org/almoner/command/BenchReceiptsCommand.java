package org.almoner.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.almoner.agent.durable.FolderTree;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.Computer;
import org.almoner.command.bench.receipts.ReceiptsBench;
import org.almoner.command.bench.receipts.ReceiptsSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures receipts. */
@Command(
    name = "receipts",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how many receipts a second this computer makes, and what memory that takes.",
      "",
      "For each number of lines a log is made in files, with that many signed lines of every donor"
          + " spread over a year, all settled. Then a Java process of its own, with the heap given"
          + " by --heap and the serial garbage collector, reads the log once and makes every"
          + " donor's receipt: openings read from the disk, signatures and commitments checked,"
          + " lines added up, an inclusion proof for each, the evidence file packed, the statement"
          + " logged, the page drawn as PDF/A-3a and PDF/UA-1, sealed with P-256, both files written"
          + " and synced, the receipt logged.",
      "",
      "receipts_per_second_one_core is receipts for each second of processor time of that process,"
          + " its compilers and its garbage collector included; receipts_per_second is by the clock,"
          + " on --threads threads; peak_rss_mib is the process's largest resident memory. Where"
          + " --donors times lines exceed --entries there are fewer donors; the figures say how"
          + " many. Run nothing else on the computer.",
    })
final class BenchReceiptsCommand implements Callable<Integer> {
  @Option(
      names = "--donors",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Donors (default: ${DEFAULT-VALUE}).")
  private int donors;

  @Option(
      names = "--lines",
      split = ",",
      paramLabel = "L",
      defaultValue = "12,1000,20000",
      description = "Lines of each donor, one log for each number (default: ${DEFAULT-VALUE}).")
  private List<Integer> lines = List.of();

  @Option(
      names = "--entries",
      paramLabel = "N",
      defaultValue = "500000",
      description =
          "Most lines in one log; where there would be more, there are fewer donors"
              + " (default: ${DEFAULT-VALUE}).")
  private int entries;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "120",
      description = "Longest counted interval for each number (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      defaultValue = "15",
      description = "Seconds of receipts before it (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Receipts made at one time (default: one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "160m",
      description = "Heap of the process that is measured (default: ${DEFAULT-VALUE}).")
  private String heap = "";

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where logs and documents are made (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--jvm",
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
    boolean json = BenchCommand.Form.of(form) == BenchCommand.Form.JSON;
    try {
      ReceiptsSettings settings = settings(folder.toAbsolutePath(), lines);
      if (inThisProcess) {
        System.out.println(ReceiptsBench.measure(settings, lines.get(0), json));
        return 0;
      }
      return all(settings, json);
    } catch (BenchFailed e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  private int all(ReceiptsSettings settings, boolean json)
      throws IOException, InterruptedException, BenchFailed {
    Computer computer = Computer.here();
    Terminal terminal = new Terminal(System.err);
    Path own =
        Files.createTempDirectory(Files.createDirectories(settings.folder()), "almoner-receipts-");
    Thread atExit = new Thread(() -> remove(own), "remove-measurement");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      List<String> phases = new ArrayList<>();
      for (int each : settings.lines()) {
        Path of = ReceiptsBench.folder(own, each);
        terminal.progress(
            "signing " + each + " lines of each of " + settings.donors(each) + " donors",
            phases.size());
        ReceiptsSettings one = settings(of, List.of(each));
        ReceiptsBench.fill(one, each);
        terminal.progress("making receipts of " + each + " lines", phases.size());
        phases.add(measured(one, each, json));
        FolderTree.remove(of);
      }
      terminal.clear();
      if (json) {
        System.out.println(
            "{\"sizes\": ["
                + String.join(", ", phases)
                + "], \"machine\": "
                + computer.toJson()
                + "}");
      } else {
        phases.forEach(System.out::println);
        System.out.println(computer.toText());
      }
      return 0;
    } finally {
      remove(own);
    }
  }

  /** What another Java, whose heap is known, says of one number of lines. */
  private String measured(ReceiptsSettings one, int each, boolean json)
      throws IOException, InterruptedException, BenchFailed {
    // The collector of small processes: the other's own tables took 60 MiB more of memory.
    List<String> options = new ArrayList<>(List.of("-Xmx" + heap, "-XX:+UseSerialGC"));
    options.addAll(jvm);
    List<String> verb =
        List.of(
            "bench",
            "receipts",
            "--in-this-process",
            "--lines=" + each,
            "--donors=" + one.donors(),
            "--entries=" + one.entries(),
            "--seconds=" + one.seconds(),
            "--warmup=" + one.warmup(),
            "--threads=" + one.threads(),
            "--folder=" + one.folder(),
            "--output=" + (json ? "json" : "text"));
    Process process =
        new ProcessBuilder(Self.command(options, verb))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String text = said.lines().collect(Collectors.joining("\n"));
      if (process.waitFor() != 0) {
        throw new BenchFailed("the process that made receipts ended with " + process.exitValue());
      }
      return text;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private ReceiptsSettings settings(Path in, List<Integer> of) {
    try {
      return new ReceiptsSettings(donors, of, entries, seconds, warmup, threads, in);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static void remove(Path folder) {
    try {
      FolderTree.remove(folder);
    } catch (IOException e) {
      System.err.println("almoner: the folder " + folder + " was not removed: " + e.getMessage());
    }
  }
}
