package org.almoner.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.DispatchBench;
import org.almoner.command.bench.DispatchSettings;
import org.almoner.command.bench.Figures;
import org.almoner.command.bench.Program;
import org.almoner.coordinator.http.rate.RateLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measurements of the program itself. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "For operators and engineers: measures what a coordinator bears and an agent takes.",
    subcommands = {
      BenchCommand.Dispatch.class,
      BenchLogCommand.class,
      BenchOutageCommand.class,
      BenchReceiptsCommand.class,
      BenchWasmCommand.class,
      BenchAgentRestCommand.class
    })
final class BenchCommand {
  private BenchCommand() {}

  /** How figures are printed. */
  enum Form {
    /** Lines for people. */
    TEXT,
    /** One object for programs. */
    JSON;

    static Form of(String named) {
      return switch (named.toLowerCase(Locale.ROOT)) {
        case "text" -> TEXT;
        case "json" -> JSON;
        default -> throw Failure.wrongUse("-o takes text or json, got " + named);
      };
    }
  }

  @Command(
      name = "dispatch",
      mixinStandardHelpOptions = true,
      description = {
        "Measures how many cycles a second a coordinator bears, and what one costs.",
        "",
        "A cycle (a job) is one replica of a unit: leased by a signed request; run by a stub in"
            + " the load; reported, with an output of 1 KiB, in a freshly signed report; verified,"
            + " made durable and logged by the coordinator; its proof returned and checked by the"
            + " load: commitment, inclusion, the checkpoint's signature, and that the log contains"
            + " what it had before. Agents that are shown the same checkpoint have its signature"
            + " verified once for all of them. Every unit takes two cycles, of two donors that"
            + " agree.",
        "",
        "The coordinator is 'almoner serve' in a process of its own, on a new data folder that is"
            + " removed at the end; every group commit is synced to the disk. The load is this"
            + " process. CPU time is user and system time of each process, over the counted"
            + " interval alone, and with -o json of each family of the coordinator's threads: those"
            + " named CompilerThre are Java's compilers, which are at work for the first 100,000"
            + " cycles or more; a longer --warmup leaves them out. Both processes share this"
            + " computer: run nothing else on it.",
        "",
        "In the end all lines in the log and all units accepted must be those that the load"
            + " counted, and the whole log must check; otherwise there are no figures.",
      })
  static final class Dispatch implements Callable<Integer> {
    @Option(
        names = "--queued",
        paramLabel = "N",
        defaultValue = "100000",
        description = "Units waiting at any moment, at least (default: ${DEFAULT-VALUE}).")
    private int queued;

    @Option(
        names = "--per-request",
        paramLabel = "K",
        defaultValue = "10",
        description =
            "Leases in one request and lines in one report, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int perRequest;

    @Option(
        names = "--connections",
        paramLabel = "C",
        defaultValue = "32",
        description =
            "Connections, each with one request at a time and 8 agents that take turns"
                + " (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        defaultValue = "20",
        description = "Length of the counted interval (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
        names = "--warmup",
        paramLabel = "S",
        defaultValue = "10",
        description = "Seconds of load before it (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
        names = "--folder",
        paramLabel = "DIR",
        description =
            "Where the coordinator's folder is made; its disk is what is measured"
                + " (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
        names = "--coordinator-jvm",
        paramLabel = "OPTION",
        description =
            "An option for the coordinator's Java, such as"
                + " -XX:StartFlightRecording=filename=/tmp/dispatch.jfr; repeat for more.")
    private List<String> jvm = List.of();

    @Option(
        names = {"-o", "--output"},
        paramLabel = "text|json",
        defaultValue = "text",
        description = "How figures are printed (default: ${DEFAULT-VALUE}).")
    private String form = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      Form as = Form.of(form);
      try {
        Terminal terminal = new Terminal(System.err);
        Figures figures = new DispatchBench(settings(), program(terminal)).run();
        terminal.clear();
        System.out.println(as == Form.JSON ? figures.toJson() : figures.toText());
        return 0;
      } catch (BenchFailed e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }

    private DispatchSettings settings() {
      try {
        return new DispatchSettings(
            queued, perRequest, connections, seconds, warmup, folder.toAbsolutePath(), jvm);
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse(String.valueOf(e.getMessage()));
      }
    }

    /** All the load comes from one address, so that the limits have to be out of its way. */
    private static Program program(Terminal terminal) {
      String free = Integer.toString(RateLimits.MAX);
      return serving(
          terminal,
          List.of(
              "--requests-per-minute-per-address",
              free,
              "--requests-per-minute-per-account",
              free));
    }
  }

  /** A coordinator on this computer that gives work to new agents at once. */
  static Program serving(Terminal terminal, List<String> more) {
    return new Program() {
      @Override
      public List<String> coordinator(Path data, List<String> jvm) {
        List<String> verb =
            new ArrayList<>(
                List.of(
                    "serve",
                    "--data",
                    data.toString(),
                    "--listen",
                    "127.0.0.1:0",
                    "--no-starter",
                    "--no-pilot",
                    "--disk-reserve",
                    "0KiB",
                    "--stop-with-stdin"));
        verb.addAll(more);
        return Self.command(jvm, verb);
      }

      @Override
      public List<String> agent(Path home, URI coordinator) {
        return Self.command(
            AgentJvm.options(),
            List.of(
                "agent",
                "--data",
                home.toString(),
                "--coordinator",
                coordinator.toString(),
                "--stop-with-stdin"));
      }

      @Override
      public void progress(String line, long milestone) {
        terminal.progress(line, milestone);
      }
    };
  }
}
