package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.wasm.ChildJvm;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.wasm.Contender;
import org.almoner.command.bench.wasm.WasmBench;
import org.almoner.command.bench.wasm.WasmFigures;
import org.almoner.command.bench.wasm.WasmSettings;
import org.almoner.protocol.lease.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the engines. */
@Command(
    name = "wasm",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the Wasm engines cost against native programs, and whether they agree.",
      "",
      "Six programs: a Lucas-Lehmer test with big integers (lucas), bodies under gravity (nbody), a"
          + " sieve, a matrix product (matmul), unmodified libbzip2 1.0.8, and unmodified prodigal"
          + " 2.6.3 on a made-up genome. The last two are fetched as Debian source packages by apt."
          + " clang builds each at -O2 twice: for this computer, and for wasm32-wasi. Each run is a"
          + " unit in a process of its own, as an agent runs it, and takes turns with the native"
          + " program.",
      "",
      "Times are processor time of whole processes, start and compilation on the way included:"
          + " medians of --runs. Programs take four to eight seconds natively, so that starting is about"
          + " the share it is of a unit of a minute; --short makes it a second. The first run on an engine compiles the module and keeps that, as"
          + " in an agent. Native times are in steps of 10 ms.",
      "",
      "Every engine and every Java must leave the same output and count the same instructions;"
          + " otherwise there are no figures. Where the native output differs, the program is named"
          + " (prodigal's does: it prints into the string it reads from, which C leaves undefined,"
          + " and C libraries differ in it).",
    })
final class BenchWasmCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "Programs to measure: lucas, nbody, sieve, matmul, bzip2, prodigal (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs of each program on each engine (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--short",
      description = "Programs that take one to two seconds natively, a quarter of the time.")
  private boolean isShort;

  @Option(
      names = "--child-java",
      paramLabel = "FILE",
      description = "The java program of the portable engine (default: as an agent chooses).")
  private Optional<Path> childJava = Optional.empty();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where a folder for the programs is made (default: ${DEFAULT-VALUE}).")
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
    Path work =
        Files.createTempDirectory(
            Files.createDirectories(folder.toAbsolutePath()), "almoner-wasm-");
    try {
      Terminal terminal = new Terminal(System.err);
      WasmFigures figures =
          new WasmBench(settings(work), contenders(work), List.of(), terminal::progress).run();
      terminal.clear();
      System.out.println(as == BenchCommand.Form.JSON ? figures.toJson() : figures.toText());
      return 0;
    } catch (BenchFailed e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    } finally {
      FolderTree.remove(work);
    }
  }

  private WasmSettings settings(Path work) {
    try {
      String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
      return new WasmSettings(only, runs, isShort, work, path);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  /** The engines there are, and beside them the Java that runs this, only to agree. */
  private List<Contender> contenders(Path work) throws IOException, InterruptedException {
    Machine machine = new Machine();
    List<Contender> contenders = new ArrayList<>();
    ChildJvm chosen = ChildJava.choose(childJava.orElse(null));
    EnginesHere here = engines(chosen, work, machine);
    contenders.add(
        new Contender(
            "portable, " + chosen.title(), List.of(Engine.PORTABLE), here.of(Engine.PORTABLE)));
    if (here.each().containsKey(Engine.FAST)) {
      contenders.add(new Contender("fast", List.of(Engine.FAST), here.of(Engine.FAST)));
    }
    ChildJvm own = ChildJvm.sameAsThis();
    if (!own.equals(chosen)) {
      contenders.add(
          new Contender(
              "portable, " + own.title(),
              List.of(),
              engines(own, work, machine).of(Engine.PORTABLE)));
    }
    return contenders;
  }

  private static EnginesHere engines(ChildJvm java, Path work, Machine machine) throws IOException {
    return EnginesHere.find(
        EnginesHere.ALL, java, work, machine, Restraint.NONE, Clock.systemUTC());
  }
}
