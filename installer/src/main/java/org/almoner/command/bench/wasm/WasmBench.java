package org.almoner.command.bench.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ObjLongConsumer;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Task;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.Computer;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleWriter;

/**
 * Runs each program natively and on every engine, in turns, and holds all that they leave against
 * each other.
 */
public final class WasmBench {
  private static final Allotment ALLOTMENT = new Allotment(1, 512L << 20, 256L << 20, 3_600_000);

  /** Any number will do, as long as it stays. */
  private static final long GENOME_SEED = 20_261_121;

  private final WasmSettings settings;
  private final List<Contender> contenders;
  private final List<String> compilers;
  private final ObjLongConsumer<String> progress;
  private final Shell shell;
  private final List<String> again = new ArrayList<>();
  private long done;

  /**
   * Measures {@code contenders}.
   *
   * @param compilers what compiles on their side, for the figures
   * @param progress is told what is being done, and a number that grows
   */
  public WasmBench(
      WasmSettings settings,
      List<Contender> contenders,
      List<String> compilers,
      ObjLongConsumer<String> progress) {
    this.settings = settings;
    this.contenders = List.copyOf(contenders);
    this.compilers = List.copyOf(compilers);
    this.progress = progress;
    this.shell = new Shell(settings.folder().resolve("printed"));
  }

  /** What one run left and took. */
  private record Ran(Hash output, long count, long cpuMs) {}

  /**
   * Builds and measures all of it.
   *
   * @throws BenchFailed when a program cannot be had, fails, or two engines do not agree
   */
  public WasmFigures run() throws BenchFailed, IOException, InterruptedException {
    Files.createDirectories(settings.folder());
    Toolchain tools = new Toolchain(settings.folder().resolve("programs"), shell, settings.path());
    List<ProgramFigures> programs = new ArrayList<>();
    for (Subject subject : settings.subjects()) {
      tell(subject.name() + ": build");
      programs.add(measure(subject, tools.build(subject)));
    }
    List<String> builders = new ArrayList<>(List.of(tools.version()));
    builders.addAll(compilers);
    return new WasmFigures(
        programs,
        contenders.stream().map(Contender::name).toList(),
        settings.runs(),
        settings.isShort(),
        again,
        builders,
        Computer.here());
  }

  private void tell(String line) {
    progress.accept(line, done++);
  }

  private ProgramFigures measure(Subject subject, Toolchain.Built built)
      throws BenchFailed, IOException, InterruptedException {
    Path inputs = Files.createDirectories(settings.folder().resolve("in-" + subject.name()));
    if (subject.isGenome()) {
      int letters = subject.size(settings.isShort());
      Genome.write(inputs.resolve(Subject.GENOME), letters, new Random(GENOME_SEED));
    }
    Map<String, List<Long>> times = new HashMap<>();
    List<Long> nativeTimes = new ArrayList<>();
    Map<String, Ran> last = new LinkedHashMap<>();
    Ran fromNative = new Ran(Hash.ZERO, 0, 0);
    for (int turn = 1; turn <= settings.runs(); turn++) {
      tell(subject.name() + ": native, run " + turn + " of " + settings.runs());
      fromNative = natively(subject, built.nativeProgram(), inputs);
      nativeTimes.add(fromNative.cpuMs());
      for (Contender contender : contenders) {
        if (turn == 1 || !contender.engine().isEmpty()) {
          tell(
              subject.name()
                  + ": "
                  + contender.name()
                  + ", run "
                  + turn
                  + " of "
                  + settings.runs());
          Ran ran = on(contender, subject, built.module(), inputs);
          times.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(ran.cpuMs());
          last.put(contender.name(), ran);
          agree(subject, last);
        }
      }
    }
    Map<Engine, Double> engineMs = new HashMap<>();
    contenders.forEach(
        contender ->
            contender
                .engine()
                .forEach(
                    e -> engineMs.put(e, median(times.getOrDefault(contender.name(), List.of())))));
    Ran any = last.values().iterator().next();
    return new ProgramFigures(
        subject.name(),
        Math.max(1, median(nativeTimes)),
        engineMs,
        any.count(),
        any.output().equals(fromNative.output()));
  }

  private static void agree(Subject subject, Map<String, Ran> all) throws BenchFailed {
    Map.Entry<String, Ran> first = all.entrySet().iterator().next();
    for (Map.Entry<String, Ran> other : all.entrySet()) {
      if (!other.getValue().output().equals(first.getValue().output())
          || other.getValue().count() != first.getValue().count()) {
        throw new BenchFailed(
            subject.name()
                + ": "
                + first.getKey()
                + " counts "
                + first.getValue().count()
                + " and leaves "
                + first.getValue().output().toHex()
                + ", but "
                + other.getKey()
                + " counts "
                + other.getValue().count()
                + " and leaves "
                + other.getValue().output().toHex());
      }
    }
  }

  private static double median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  private Ran natively(Subject subject, Path program, Path inputs)
      throws BenchFailed, IOException, InterruptedException {
    Path out = settings.folder().resolve("out");
    FolderTree.remove(out);
    Files.createDirectories(out);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(subject.arguments(out.toString(), inputs.toString(), settings.isShort()));
    long before = ChildrensTime.ms();
    shell.run(settings.folder(), Map.of(), command);
    long cpuMs = ChildrensTime.ms() - before;
    Path result = out.resolve("result");
    BundleWriter bundle = new BundleWriter(OutputStream.nullOutputStream());
    try (InputStream octets = Files.newInputStream(result)) {
      bundle.file(new BundlePath("result"), Files.size(result), octets);
    }
    return new Ran(bundle.finish(), 0, cpuMs);
  }

  /** A run that crashed is taken again once, and named in the figures. */
  private Ran on(Contender contender, Subject subject, Path module, Path inputs)
      throws BenchFailed, IOException, InterruptedException {
    RunOutcome outcome = outcome(contender, subject, module, inputs);
    if (outcome instanceof RunOutcome.Crashed crashed) {
      again.add(subject.name() + " on " + contender.name() + ": " + crashed.reason());
      outcome = outcome(contender, subject, module, inputs);
    }
    if (outcome instanceof RunOutcome.Finished finished && finished.exit() == 0) {
      return new Ran(finished.output(), finished.count(), finished.measured().cpuMs());
    }
    throw new BenchFailed(subject.name() + " on " + contender.name() + " ended so: " + outcome);
  }

  private RunOutcome outcome(Contender contender, Subject subject, Path module, Path inputs)
      throws IOException, InterruptedException {
    Path directory = settings.folder().resolve("unit");
    FolderTree.remove(directory);
    Files.createDirectories(directory);
    Map<BundlePath, Path> given =
        subject.isGenome()
            ? Map.of(new BundlePath(Subject.GENOME), inputs.resolve(Subject.GENOME))
            : Map.of();
    List<String> arguments = subject.arguments("/out", "/in", settings.isShort());
    RunOutcome outcome =
        contender.runner().run(new Task(module, arguments, given, ALLOTMENT, directory));
    FolderTree.remove(directory);
    return outcome;
  }
}
