package org.almoner.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.Reported;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Task;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.check.CheckedWorkload;
import org.almoner.workload.compare.ComparedOutput;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.OutputComparer;
import org.almoner.workload.spec.FilePath;

/**
 * Runs units of a workload on this computer by the agent's own runner, meter and limits, and keeps
 * what they leave.
 */
final class LocalRun implements AutoCloseable {
  private static final String WORK = ".run-local";

  private final CheckedWorkload workload;
  private final Path out;
  private final Path work;
  private final Runner runner;

  private LocalRun(CheckedWorkload workload, Path out, Path work, Runner runner) {
    this.workload = workload;
    this.out = out;
    this.work = work;
    this.runner = runner;
  }

  /**
   * A unit that ran to an end that would be reported.
   *
   * @param args what it was given
   * @param files what it left, below {@code folder}
   * @param missing files it should have left
   * @param compared what of it is compared, when it ran to its end
   */
  record Ran(
      long unit,
      List<String> args,
      Reported reported,
      long cpuMs,
      Path folder,
      List<Unpacked.OneFile> files,
      List<String> missing,
      Optional<ComparedOutput> compared) {
    Ran {
      args = List.copyOf(args);
      files = List.copyOf(files);
      missing = List.copyOf(missing);
    }

    /** Whether its result would be one. */
    boolean succeeded() {
      return reported.exit() == 0 && missing.isEmpty() && incomparable().isEmpty();
    }

    /** Why it cannot be compared with another's. */
    Optional<String> incomparable() {
      return compared.flatMap(ComparedOutput::fault);
    }
  }

  /**
   * Prepares to run units of {@code workload}; outputs come below {@code out}.
   *
   * @param engine what runs modules
   */
  static LocalRun of(CheckedWorkload workload, Path out, Engine engine, InstantSource clock)
      throws IOException, InterruptedException {
    Path work = out.resolve(WORK);
    FolderTree.remove(work);
    Files.createDirectories(work);
    EnginesHere engines =
        EnginesHere.find(
            EnumSet.of(Engine.PORTABLE, engine),
            ChildJava.choose(null),
            work,
            new Machine(),
            Restraint.NONE,
            clock);
    Optional<String> unable =
        engines
            .cannotRun(workload.release().program())
            .or(
                () ->
                    engine == Engine.FAST && !engines.each().containsKey(Engine.FAST)
                        ? Optional.of("the fast engine needs a sandbox: " + engines.noSandbox())
                        : Optional.empty());
    if (unable.isPresent()) {
      FolderTree.remove(work);
      throw Failure.failed("this computer cannot run its units: " + unable.get());
    }
    return new LocalRun(workload, out, work, engines.runner());
  }

  /** Runs one unit; what an earlier run of it left is replaced. */
  Ran run(long unit) throws IOException, InterruptedException {
    BatchPlan.Unit planned = workload.plan().unit(unit);
    Path directory = Files.createDirectory(work.resolve(Long.toString(unit)));
    Running running = runner.start(task(planned, directory));
    RunOutcome outcome;
    try {
      outcome = running.await();
    } finally {
      running.stop();
    }
    Reported reported =
        Reported.of(outcome, running.engine())
            .orElseThrow(() -> Failure.failed(why(unit, outcome)));
    Path folder = out.resolve(Long.toString(unit));
    FolderTree.remove(folder);
    List<Unpacked.OneFile> files = List.of();
    Optional<ComparedOutput> compared = Optional.empty();
    if (outcome instanceof RunOutcome.Finished finished) {
      files = unpack(finished.bundle(), folder);
      compared = reported.exit() == 0 ? compare(finished.bundle()) : compared;
    }
    FolderTree.remove(directory);
    int cores = workload.workload().needs().cores();
    return new Ran(
        unit,
        planned.args(),
        reported,
        reported.cpuMs(cores),
        folder,
        files,
        missing(files),
        compared);
  }

  /** As a coordinator does it; nothing to work out when every octet is compared. */
  private Optional<ComparedOutput> compare(Path bundle) throws IOException {
    Comparison comparison = workload.workload().compare();
    if (comparison.isExact()) {
      return Optional.empty();
    }
    long size = Files.size(bundle);
    OutputComparer comparer = new OutputComparer(comparison, size);
    try (InputStream octets = new BufferedInputStream(Files.newInputStream(bundle))) {
      BundleReader.read(octets, BundleLimits.ofOctets(size), comparer);
    } catch (MalformedBundle e) {
      throw new IOException("the unit left no readable output: " + e.getMessage(), e);
    }
    return Optional.of(comparer.finish());
  }

  private Task task(BatchPlan.Unit unit, Path directory) {
    Map<BundlePath, Path> inputs = new LinkedHashMap<>();
    workload.inputs().forEach(blob -> inputs.put(new BundlePath(blob.name()), file(blob)));
    unit.inputs().forEach(blob -> inputs.put(new BundlePath(blob.name()), file(blob)));
    Software software = runner.offered().software(workload.release().program(), this::file);
    return new Task(
        software, unit.args(), inputs, workload.workload().needs(), directory, List.of());
  }

  private Path file(BlobRef blob) {
    return Optional.ofNullable(workload.files().get(blob.digest())).orElseThrow();
  }

  private static List<Unpacked.OneFile> unpack(Path bundle, Path folder) throws IOException {
    try {
      return Unpacked.into(folder, bundle).files();
    } catch (MalformedBundle e) {
      throw new IOException("the unit left no readable output: " + e.getMessage(), e);
    }
  }

  /** A result without all files that were asked for counts as failed. */
  private List<String> missing(List<Unpacked.OneFile> files) {
    List<String> missing =
        new ArrayList<>(workload.workload().outputs().stream().map(FilePath::text).toList());
    files.forEach(file -> missing.remove(file.path()));
    return missing;
  }

  private static String why(long unit, RunOutcome outcome) {
    String reason =
        outcome instanceof RunOutcome.Crashed crashed
            ? crashed.reason()
            : outcome instanceof RunOutcome.Refused refused ? refused.reason() : "it was stopped";
    return "unit " + unit + " could not be run on this computer: " + reason;
  }

  @Override
  public void close() throws IOException {
    FolderTree.remove(work);
  }
}
